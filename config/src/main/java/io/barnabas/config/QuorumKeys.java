package io.barnabas.config;

import java.util.List;

/** Quorum controllers. Keys of clusters without ZooKeeper. They are known, so that shared files parse; the cluster's state lives in ZooKeeper here. To be used through {@link BrokerKeys}. */
interface QuorumKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "Quorum controllers",
            "Keys of clusters without ZooKeeper. They are known, so that shared files parse; the cluster's state lives in ZooKeeper here.");

    ConfigKey<List<String>> PROCESS_ROLES = FAMILY.listKey("process.roles")
            .defaultsTo()
            .eachOneOf("broker", "controller")
            .high()
            .doc("Roles of a node in a cluster without ZooKeeper: broker, controller or both.");

    ConfigKey<String> CONTROLLER_LISTENER_NAMES =
            FAMILY.textKey("controller.listener.names").high().doc("Listeners of quorum controllers.");

    ConfigKey<List<String>> CONTROLLER_QUORUM_VOTERS = FAMILY.listKey("controller.quorum.voters")
            .defaultsTo()
            .check(new Constraint.NonEmptyList())
            .high()
            .doc("Voters of the controller quorum, as a list of id@host:port.");

    ConfigKey<List<String>> CONTROLLER_QUORUM_BOOTSTRAP_SERVERS = FAMILY.listKey("controller.quorum.bootstrap.servers")
            .defaultsTo()
            .check(new Constraint.NonEmptyList())
            .high()
            .doc("Addresses by which the controller quorum is found.");

    ConfigKey<Integer> CONTROLLER_QUORUM_ELECTION_TIMEOUT_MS = FAMILY.intKey("controller.quorum.election.timeout.ms")
            .defaultsTo(1000)
            .high()
            .doc("How long a voter waits without a leader before it stands for election.");

    ConfigKey<Integer> CONTROLLER_QUORUM_ELECTION_BACKOFF_MAX_MS = FAMILY.intKey(
                    "controller.quorum.election.backoff.max.ms")
            .defaultsTo(1000)
            .high()
            .doc("Longest random wait after a lost election.");

    ConfigKey<Integer> CONTROLLER_QUORUM_FETCH_TIMEOUT_MS = FAMILY.intKey("controller.quorum.fetch.timeout.ms")
            .defaultsTo(2000)
            .high()
            .doc("How long a voter goes without an answer of the leader before it stands for election.");

    ConfigKey<Integer> CONTROLLER_QUORUM_REQUEST_TIMEOUT_MS = FAMILY.intKey("controller.quorum.request.timeout.ms")
            .defaultsTo(2000)
            .doc("How long a voter waits for an answer.");

    ConfigKey<Integer> CONTROLLER_QUORUM_RETRY_BACKOFF_MS = FAMILY.intKey("controller.quorum.retry.backoff.ms")
            .defaultsTo(20)
            .low()
            .doc("Wait before a failed request of the quorum is tried again.");

    ConfigKey<Integer> CONTROLLER_QUORUM_APPEND_LINGER_MS = FAMILY.intKey("controller.quorum.append.linger.ms")
            .defaultsTo(25)
            .doc("How long the quorum's leader gathers records before it writes them.");

    ConfigKey<String> METADATA_LOG_DIR = FAMILY.textKey("metadata.log.dir")
            .high()
            .doc("Directory of the metadata log; unset: the first of log.dirs.");

    ConfigKey<Integer> METADATA_LOG_SEGMENT_BYTES = FAMILY.intKey("metadata.log.segment.bytes")
            .defaultsTo(1_073_741_824)
            .atLeast(12)
            .high()
            .doc("Largest segment of the metadata log.");

    ConfigKey<Integer> METADATA_LOG_SEGMENT_MIN_BYTES = FAMILY.intKey("metadata.log.segment.min.bytes")
            .defaultsTo(8_388_608)
            .atLeast(12)
            .high()
            .hidden()
            .doc("Smallest size allowed for that.");

    ConfigKey<Long> METADATA_LOG_SEGMENT_MS = FAMILY.longKey("metadata.log.segment.ms")
            .defaultsTo(604_800_000L)
            .high()
            .doc("A segment of the metadata log is closed at this age.");

    ConfigKey<Long> METADATA_LOG_MAX_RECORD_BYTES_BETWEEN_SNAPSHOTS = FAMILY.longKey(
                    "metadata.log.max.record.bytes.between.snapshots")
            .defaultsTo(20_971_520L)
            .atLeast(1L)
            .high()
            .doc("A snapshot of the metadata is written after this many bytes of records.");

    ConfigKey<Long> METADATA_LOG_MAX_SNAPSHOT_INTERVAL_MS = FAMILY.longKey("metadata.log.max.snapshot.interval.ms")
            .defaultsTo(3_600_000L)
            .atLeast(0L)
            .high()
            .doc("A snapshot of the metadata is written after this long.");

    ConfigKey<Long> METADATA_MAX_RETENTION_BYTES = FAMILY.longKey("metadata.max.retention.bytes")
            .defaultsTo(104_857_600L)
            .high()
            .doc("Size of metadata log and snapshots beyond which the oldest are deleted.");

    ConfigKey<Long> METADATA_MAX_RETENTION_MS = FAMILY.longKey("metadata.max.retention.ms")
            .defaultsTo(604_800_000L)
            .high()
            .doc("Age of metadata log and snapshots beyond which the oldest are deleted.");

    ConfigKey<Integer> METADATA_MAX_IDLE_INTERVAL_MS = FAMILY.intKey("metadata.max.idle.interval.ms")
            .defaultsTo(500)
            .atLeast(0)
            .low()
            .doc("The quorum's leader writes an empty record after this long without another.");

    ConfigKey<Integer> BROKER_HEARTBEAT_INTERVAL_MS = FAMILY.intKey("broker.heartbeat.interval.ms")
            .defaultsTo(2000)
            .doc("How often a broker sends the quorum controller a heartbeat.");

    ConfigKey<Integer> BROKER_SESSION_TIMEOUT_MS = FAMILY.intKey("broker.session.timeout.ms")
            .defaultsTo(9000)
            .doc("A broker whose heartbeats stop for this long counts as gone.");

    ConfigKey<Integer> INITIAL_BROKER_REGISTRATION_TIMEOUT_MS = FAMILY.intKey("initial.broker.registration.timeout.ms")
            .defaultsTo(60_000)
            .doc("How long a broker tries to register with a quorum controller before it gives up.");

    ConfigKey<Long> SERVER_MAX_STARTUP_TIME_MS = FAMILY.longKey("server.max.startup.time.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .hidden()
            .doc("Longest time a start may take.");

    ConfigKey<Boolean> ELIGIBLE_LEADER_REPLICAS_ENABLE = FAMILY.booleanKey("eligible.leader.replicas.enable")
            .defaultsTo(false)
            .high()
            .doc("Whether replicas that may become leader are remembered beside those in sync.");

    ConfigKey<Boolean> ZOOKEEPER_METADATA_MIGRATION_ENABLE = FAMILY.booleanKey("zookeeper.metadata.migration.enable")
            .defaultsTo(false)
            .high()
            .doc("Whether metadata is moved from ZooKeeper to a controller quorum.");

    ConfigKey<Integer> ZOOKEEPER_METADATA_MIGRATION_MIN_BATCH_SIZE = FAMILY.intKey(
                    "zookeeper.metadata.migration.min.batch.size")
            .defaultsTo(200)
            .atLeast(1)
            .hidden()
            .doc("Smallest batch in which it is moved.");

    ConfigKey<Boolean> UNSTABLE_API_VERSIONS_ENABLE = FAMILY.booleanKey("unstable.api.versions.enable")
            .defaultsTo(false)
            .high()
            .hidden()
            .doc("Whether versions of APIs that are not final are offered.");

    ConfigKey<Boolean> UNSTABLE_FEATURE_VERSIONS_ENABLE = FAMILY.booleanKey("unstable.feature.versions.enable")
            .defaultsTo(false)
            .high()
            .hidden()
            .doc("Whether versions of features that are not final are offered.");
}
