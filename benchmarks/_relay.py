"""A way to the database that takes as long as one through a network: `python -m benchmarks._relay
SOCKET TARGET MILLISECONDS` passes on what comes at one socket to the other, so much later."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
"""How libpq names a socket in a folder (postgresql.org/docs/current/libpq-connect.html)."""


@contextmanager
def far_away(folder: Path, server: Path, milliseconds: float) -> Iterator[Path]:
    """A folder with a socket that leads to the server's, there and back in so long."""
    command = (sys.executable, "-m", "benchmarks._relay", folder / SOCKET, server / SOCKET)
    process = subprocess.Popen([*map(str, command), str(milliseconds)])
    try:
        while not (folder / SOCKET).exists():
            time.sleep(0.02)
        yield folder
    finally:
        process.kill()
        process.wait()


async def relay(at: str, target: str, delay: float) -> None:
    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(target)
        await asyncio.gather(_carry(reader, back, delay), _carry(there, writer, 0))

    async with await asyncio.start_unix_server(meet, at) as server:
        await server.serve_forever()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    while data := await reader.read(1 << 16):
        await asyncio.sleep(delay)
        writer.write(data)
    writer.close()


if __name__ == "__main__":
    asyncio.run(relay(sys.argv[1], sys.argv[2], float(sys.argv[3]) / 1000))
