"""What is counted for an operator, in a registry of our own; no label ever names a person."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage import Db, jobs


class Metrics:
    """Counters that live with the process, and gauges read from the store when asked."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter("sogood_updates", "Updates stored", registry=self.registry)
        self._sends = Counter(
            "sogood_sends",
            "Calls that carried a message, by result",
            ["result"],
            registry=self.registry,
        )
        self._model_calls = Counter(
            "sogood_model_calls",
            "Calls of the model, by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self._model_seconds = Histogram(
            "sogood_model_seconds",
            "How long the model took",
            registry=self.registry,
            buckets=(0.5, 1, 2, 5, 10, 20, 40, 80),
        )
        self._jobs = Gauge(
            "sogood_jobs", "Jobs, by kind and state", ["kind", "state"], registry=self.registry
        )
        self._oldest = Gauge(
            "sogood_oldest_due_seconds",
            "Age of the longest waiting due job, by kind",
            ["kind"],
            registry=self.registry,
        )

    def received(self, count: int) -> None:
        """So many updates were stored."""
        self._updates.inc(count)

    def sent(self, result: str) -> None:
        """A message left, or didn't: "ok", "flood", "blocked", …"""
        self._sends.labels(result).inc()

    def asked(self, outcome: str, seconds: float) -> None:
        """The model was asked."""
        self._model_calls.labels(outcome).inc()
        self._model_seconds.observe(seconds)

    def look(self, db: Db, now: datetime) -> None:
        """Reads how the queue stands."""
        self._jobs.clear()
        for kind, states in jobs.counts(db).items():
            for state, count in states.items():
                self._jobs.labels(kind, state).set(count)
        self._oldest.clear()
        for kind, due_at in jobs.oldest_due(db, now).items():
            self._oldest.labels(kind).set((now - due_at).total_seconds())

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self.registry)
