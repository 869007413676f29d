"""`python -m benchmarks [NAME…]`: runs every benchmark of this folder, or those named."""

import importlib
import pkgutil
import sys

import benchmarks


def main(arguments: list[str]) -> int:
    known = sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name[0] != "_"
    )
    if unknown := [name for name in arguments if name not in known]:
        print(f"No benchmark {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in arguments or known:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
