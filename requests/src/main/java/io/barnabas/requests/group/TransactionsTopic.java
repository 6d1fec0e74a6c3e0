package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.TopicImage;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.coordinator.CoordinatorRuntime;
import io.barnabas.txn.TransactionCoordinator;
import java.util.function.IntSupplier;

/** The topic that transactions live in: how many partitions it has, and how it is made at first use. Any thread. */
public final class TransactionsTopic implements IntSupplier {
    private final MetadataCache metadata;
    private final BrokerConfig config;
    private final Runnable creation;

    /** @param creation has it made; returns at once */
    public TransactionsTopic(MetadataCache metadata, BrokerConfig config, Runnable creation) {
        this.metadata = metadata;
        this.config = config;
        this.creation = creation;
    }

    /** As it is, or else as it will be made. */
    @Override
    public int getAsInt() {
        TopicImage topic = metadata.current().topic(TransactionCoordinator.TOPIC);
        return topic == null || topic.partitions().isEmpty()
                ? config.get(BrokerKeys.TRANSACTION_STATE_LOG_NUM_PARTITIONS)
                : topic.partitions().lastKey() + 1;
    }

    int partitionFor(String transactionalId) {
        return CoordinatorRuntime.partitionFor(transactionalId, getAsInt());
    }

    void create() {
        creation.run();
    }
}
