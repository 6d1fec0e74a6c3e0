package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;

/** What must hold between the values of a broker, beyond each one's own range. Pure. All that is wrong is said at once. */
final class BrokerConfigRules {

    private static final int LAST_CODEC = 4;
    private static final int MIN_DEDUPE_BYTES_PER_CLEANER = 1 << 20;

    private final BrokerConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private BrokerConfigRules(BrokerConfig config) {
        this.config = config;
    }

    static List<ConfigProblem> problemsWith(BrokerConfig config) {
        BrokerConfigRules rules = new BrokerConfigRules(config);
        rules.checkIdentity();
        rules.checkLog();
        rules.checkReplication();
        rules.checkConnections();
        rules.problems.addAll(ListenerConfig.read(config).problems());
        return rules.problems;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) problems.add(ConfigProblem.of(otherwise));
    }

    private void checkIdentity() {
        int id = config.get(BrokerKeys.BROKER_ID);
        if (config.get(BrokerKeys.BROKER_ID_GENERATION_ENABLE))
            require(
                    id >= -1 && id <= config.get(BrokerKeys.RESERVED_BROKER_MAX_ID),
                    "broker.id must be greater than or equal to -1 and not greater than reserved.broker.max.id");
        else require(id >= 0, "broker.id must be greater than or equal to 0");
        boolean bothSet = config.isSet(BrokerKeys.BROKER_ID) && config.isSet(BrokerKeys.NODE_ID);
        require(
                !bothSet || id == config.get(BrokerKeys.NODE_ID),
                "You must set `node.id` to the same value as `broker.id`.");
        String ensemble = config.get(BrokerKeys.ZOOKEEPER_CONNECT);
        require(
                ensemble == null || !ensemble.isBlank(),
                "zookeeper.connect is empty. Name the servers, or leave the key out to use the embedded ZooKeeper.");
    }

    private void checkLog() {
        require(!config.logDirs().isEmpty(), "At least one log directory must be defined via log.dirs or log.dir.");
        require(config.get(BrokerKeys.LOG_ROLL_MS) >= 1, "log.roll.ms must be greater than or equal to 1");
        require(
                config.get(BrokerKeys.LOG_ROLL_JITTER_MS) >= 0,
                "log.roll.jitter.ms must be greater than or equal to 0");
        long retentionMs = config.get(BrokerKeys.LOG_RETENTION_MS);
        require(
                retentionMs >= 1 || retentionMs == -1,
                "log.retention.ms must be unlimited (-1) or, greater than or equal to 1");
        int cleaners = Math.max(1, config.get(BrokerKeys.LOG_CLEANER_THREADS));
        require(
                config.get(BrokerKeys.LOG_CLEANER_DEDUPE_BUFFER_SIZE) / cleaners > MIN_DEDUPE_BYTES_PER_CLEANER,
                "log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.");
    }

    private void checkReplication() {
        int waitMs = config.get(BrokerKeys.REPLICA_FETCH_WAIT_MAX_MS);
        require(
                waitMs <= config.get(BrokerKeys.REPLICA_SOCKET_TIMEOUT_MS),
                "replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms"
                        + " to prevent unnecessary socket timeouts");
        require(
                waitMs <= config.get(BrokerKeys.REPLICA_LAG_TIME_MAX_MS),
                "replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms"
                        + " to prevent frequent changes in ISR");
        int acks = config.get(BrokerKeys.OFFSETS_COMMIT_REQUIRED_ACKS);
        require(
                acks >= -1 && acks <= config.get(BrokerKeys.OFFSETS_TOPIC_REPLICATION_FACTOR),
                "offsets.commit.required.acks must be greater or equal to -1 and less or equal to"
                        + " offsets.topic.replication.factor");
        int codec = config.get(BrokerKeys.OFFSETS_TOPIC_COMPRESSION_CODEC);
        require(
                codec >= 0 && codec <= LAST_CODEC,
                "offsets.topic.compression.codec must be 0 (none), 1 (gzip), 2 (snappy), 3 (lz4) or 4 (zstd)");
    }

    private void checkConnections() {
        long queuedBytes = config.get(BrokerKeys.QUEUED_MAX_REQUEST_BYTES);
        require(
                queuedBytes <= 0 || queuedBytes >= config.get(BrokerKeys.SOCKET_REQUEST_MAX_BYTES),
                "queued.max.request.bytes must be larger or equal to socket.request.max.bytes");
        ConnectionLimits.Reading overrides =
                ConnectionLimits.readOverrides(config.get(BrokerKeys.MAX_CONNECTIONS_PER_IP_OVERRIDES));
        if (overrides.problem() != null) problems.add(overrides.problem());
        require(
                config.get(BrokerKeys.MAX_CONNECTIONS_PER_IP) != 0
                        || !overrides.limits().isEmpty(),
                "max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.");
        long idleMs = config.get(BrokerKeys.CONNECTIONS_MAX_IDLE_MS);
        int delayMs = config.get(BrokerKeys.CONNECTION_FAILED_AUTHENTICATION_DELAY_MS);
        require(
                idleMs < 0 || delayMs < idleMs,
                "connection.failed.authentication.delay.ms=" + delayMs
                        + " should always be less than connections.max.idle.ms=" + idleMs
                        + " to prevent failed authentication responses from timing out");
    }
}
