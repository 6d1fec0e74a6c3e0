package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.TopicImage;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.replication.Partition;
import io.barnabas.replication.Replicas;
import io.barnabas.replication.Role;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a broker that has just joined knows what there was before: all topics, and its part in them. Clients that
 * come earlier would be told that topics do not exist. Used by the starting thread, which waits, but not for ever.
 */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger("kafka.server.KafkaServer");
    private static final long WAIT_MS = 10_000;
    private static final long LOOK_EVERY_MS = 10;

    private final int brokerId;
    private final MetadataCache metadata;
    private final Replicas replicas;
    private final ClusterStore store;
    private final Timers timers;

    Readiness(int brokerId, MetadataCache metadata, Replicas replicas, ClusterStore store, Timers timers) {
        this.brokerId = brokerId;
        this.metadata = metadata;
        this.replicas = replicas;
        this.store = store;
        this.timers = timers;
    }

    void await() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<List<String>> topics =
                existingTopics().exceptionally(lost -> List.of()).toCompletableFuture();
        Timers.Timer looking = timers.repeat(0, LOOK_EVERY_MS, () -> {
            if (topics.isDone() && isReady(topics.join())) {
                ready.complete(null);
            }
        });
        try {
            ready.get(WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("Serving clients although the controller has not told about all topics after {} ms", WAIT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            looking.cancel();
        }
    }

    private CompletionStage<List<String>> existingTopics() {
        StoreSession session = store.session();
        return session.children(Znodes.TOPICS)
                .thenCombine(
                        session.children(Znodes.DELETE_TOPICS),
                        (topics, deleting) -> topics.orThrow("children of " + Znodes.TOPICS).stream()
                                .filter(topic ->
                                        !deleting.isOk() || !deleting.value().contains(topic))
                                .toList());
    }

    private boolean isReady(List<String> topics) {
        MetadataImage image = metadata.current();
        for (String topic : topics) {
            TopicImage known = image.topic(topic);
            if (known == null || !hasRoles(known)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasRoles(TopicImage topic) {
        for (PartitionImage image : topic.partitions().values()) {
            if (image.leader() == brokerId && !leads(new TopicPartition(topic.name(), image.partition()))) {
                return false;
            }
        }
        return true;
    }

    /** A partition whose directory has failed never will, and is not waited for. */
    private boolean leads(TopicPartition name) {
        Partition partition = replicas.partition(name);
        return partition != null
                && (partition.view().isLeader() || partition.view().role() == Role.OFFLINE);
    }
}
