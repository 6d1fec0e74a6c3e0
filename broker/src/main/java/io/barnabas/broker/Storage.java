package io.barnabas.broker;

import io.barnabas.cluster.BrokerLink;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.configs.ConfigListener;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.TopicConfig;
import io.barnabas.log.LogDirectory;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.replication.ControllerEpochs;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.ReplicaSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The logs, the partitions that this broker has replicas of, and the metadata that a controller tells. */
final class Storage implements AutoCloseable {
    /** Several, because a file system makes many files durable at once for little more than one. */
    private static final int FSYNC_THREADS = 8;

    private final ConfigStore configs;
    private final LogManager logs;
    private final Replicas replicas;
    private final BrokerLink link;
    private volatile PartitionConfig latestConfig;

    /**
     * @param brokerEpoch of the registration that stands
     * @param onDeleted hears of partitions whose topics are gone
     * @param onDirectoryLost the controller must hear of it
     * @param onLastDirectoryLost the broker has nothing left to do
     */
    Storage(
            int brokerId,
            Machinery machinery,
            ConfigStore configs,
            MetadataCache metadata,
            LeadershipListener leaderships,
            LongSupplier brokerEpoch,
            Consumer<List<TopicPartition>> onDeleted,
            Runnable onDirectoryLost,
            Consumer<String> onLastDirectoryLost) {
        this.configs = configs;
        configs.listen(new Changes());
        SerialMailbox roles = machinery.mailbox("roles");
        this.logs = new LogManager(
                LogManagerSettings.from(configs.broker()),
                machinery.disk(),
                machinery.clock(),
                machinery.timers(),
                machinery.pools(),
                machinery.diskIo(),
                machinery.pools().pool("fsync", FSYNC_THREADS),
                machinery.random(),
                machinery.faults(),
                (directory, partitions, lastOne) -> {
                    directoryFailed(directory, partitions, lastOne, onLastDirectoryLost);
                    onDirectoryLost.run();
                });
        ControllerEpochs epochs = new ControllerEpochs();
        this.replicas = new Replicas(
                logs,
                this::partitionConfig,
                new ReplicaSettings(
                        brokerId,
                        configs.broker().get(BrokerKeys.REPLICA_LAG_TIME_MAX_MS),
                        id -> metadata.current().brokers().containsKey(id)),
                epochs,
                brokerEpoch,
                leaderships,
                machinery.clock(),
                roles);
        this.link = new LocalBrokerLink(
                configs, replicas, new MetadataUpdates(metadata, epochs, brokerEpoch, onDeleted, roles));
    }

    /** Opens the logs, which may take a while after a crash. */
    void start() throws StartFailure {
        try {
            logs.start(topic -> partitionConfig(topic).log());
        } catch (IOException failure) {
            throw new StartFailure(DiskTrouble.describe(failure));
        }
    }

    LogManager logs() {
        return logs;
    }

    Replicas replicas() {
        return replicas;
    }

    /** How a controller reaches the replicas and the metadata. */
    BrokerLink link() {
        return link;
    }

    /** The id that files here name for a topic; zero for none. */
    Uuid topicId(String topic) {
        for (PartitionLog log : logs.logs()) {
            if (log.topicPartition().topic().equals(topic) && !log.topicId().isZero()) {
                return log.topicId();
            }
        }
        return Uuid.ZERO;
    }

    @Override
    public void close() {
        logs.close();
    }

    /** Most topics have the same settings; so all their partitions share one object. */
    private PartitionConfig partitionConfig(String topic) {
        PartitionConfig made = PartitionRules.of(configs.topic(topic), configs.broker());
        PartitionConfig latest = latestConfig;
        if (made.equals(latest)) {
            return latest;
        }
        latestConfig = made;
        return made;
    }

    private void directoryFailed(
            LogDirectory directory, List<TopicPartition> partitions, boolean lastOne, Consumer<String> onLastLost) {
        replicas.logsFailed(partitions);
        if (lastOne) {
            onLastLost.accept("log directory " + directory + " has failed, and no other one is left");
        }
    }

    /** Brings changed settings to the partitions that they are about. */
    private final class Changes implements ConfigListener {
        @Override
        public void brokerChanged(BrokerConfig before, BrokerConfig now) {
            logs.reconfigure(CleanerSettings.from(now));
            logs.futures().limit(now.get(BrokerKeys.REPLICA_ALTER_LOG_DIRS_IO_MAX_BYTES_PER_SECOND));
            replicas.all().stream()
                    .map(partition -> partition.name().topic())
                    .distinct()
                    .forEach(replicas::configChanged);
        }

        @Override
        public void topicChanged(String topic, TopicConfig now) {
            replicas.configChanged(topic);
        }
    }
}
