"""A PostgreSQL of our own: made, started, recovered and stopped without touching any other on the machine."""

from infra.cluster.private import Cluster, ClusterFailed, Status
from infra.cluster.provision import Urls

__all__ = ["Cluster", "ClusterFailed", "Status", "Urls"]
