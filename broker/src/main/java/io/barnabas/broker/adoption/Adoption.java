package io.barnabas.broker.adoption;

import io.barnabas.broker.StartFailure;
import io.barnabas.cluster.adoption.AdoptedTopic;
import io.barnabas.cluster.adoption.AdoptionWrites;
import io.barnabas.cluster.configs.ConfigEntities;
import io.barnabas.log.LogManager;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.kraft.KraftMetadata;
import io.barnabas.log.kraft.MetadataLog;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings topics that lie in the log directories into a ZooKeeper that has not heard of them. Used by the starting
 * thread, which waits, between the opening of the logs and the broker's candidacy for the controller.
 */
public final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger("kafka.server.KafkaServer");
    private static final String ALL_BROKERS = "";

    private final int brokerId;
    private final LogManager logs;
    private final Disk disk;
    private final Surroundings surroundings;
    private final RandomGenerator random;

    /**
     * @param metadataDirectories where the metadata log of a KRaft node may lie
     * @param internalTopics settings of topics that brokers make for themselves
     */
    public record Surroundings(
            List<Path> logDirectories,
            List<Path> metadataDirectories,
            Map<String, Map<String, String>> internalTopics,
            AdoptionWrites writes,
            Waiting waiting) {}

    /** Waits for ZooKeeper, as long as a start does. */
    public interface Waiting {
        <T> T await(CompletionStage<T> stage) throws StartFailure;
    }

    public Adoption(int brokerId, LogManager logs, Disk disk, Surroundings surroundings, RandomGenerator random) {
        this.brokerId = brokerId;
        this.logs = logs;
        this.disk = disk;
        this.surroundings = surroundings;
        this.random = random;
    }

    /** Says which topics nobody will be able to read. */
    public void report() throws StartFailure {
        SortedSet<String> unknown = new TreeSet<>();
        logs.logs().forEach(log -> unknown.add(log.topicPartition().topic()));
        if (unknown.isEmpty()) {
            return;
        }
        unknown.removeAll(await(surroundings.writes().knownTopics()));
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "The log directories hold {} that ZooKeeper does not know ({}), and that are not served: they were"
                            + " deleted while this broker was away, or ZooKeeper lost them; --adopt takes them",
                    FoundData.counted(unknown.size(), "topic"),
                    FoundData.some(unknown));
        }
    }

    /** Takes all that ZooKeeper does not know. */
    public void run() throws StartFailure {
        Set<String> known = await(surroundings.writes().knownTopics());
        AdoptionPlan plan = plan(known);
        if (!plan.problems().isEmpty()) {
            throw new StartFailure(plan.problems());
        }
        if (plan.topics().isEmpty()) {
            LOG.info("Nothing to adopt: ZooKeeper knows all topics that the log directories hold");
            return;
        }
        write(plan);
        plan.notes().forEach(LOG::warn);
        LOG.info(
                "Adopted {} with {} from {}: {}",
                FoundData.counted(plan.topics().size(), "topic"),
                FoundData.counted(
                        plan.topics().stream()
                                .mapToInt(topic -> topic.partitions().size())
                                .sum(),
                        "partition"),
                surroundings.logDirectories(),
                FoundData.some(plan.topics().stream().map(AdoptedTopic::name).toList()));
    }

    private AdoptionPlan plan(Set<String> known) throws StartFailure {
        Collection<FoundLog> found = new ArrayList<>();
        try {
            for (PartitionLog log : logs.logs()) {
                found.add(FoundLog.of(log));
            }
            for (Path directory : surroundings.metadataDirectories()) {
                Optional<KraftMetadata> metadata = MetadataLog.read(disk, directory);
                if (metadata.isPresent()) {
                    return new KraftPlan(brokerId, metadata.get()).of(found, known);
                }
            }
        } catch (IOException unreadable) {
            throw new StartFailure("Cannot adopt: " + unreadable.getMessage());
        }
        return new DirectoryPlan(brokerId, surroundings.logDirectories().get(0), surroundings.internalTopics(), random)
                .of(found, known);
    }

    /** Topics come last, so that a second try after a crash in between does all of it again. */
    private void write(AdoptionPlan plan) throws StartFailure {
        AdoptionWrites writes = surroundings.writes();
        if (plan.firstFreeProducerId() > 0) {
            await(writes.reserveProducerIds(brokerId, plan.firstFreeProducerId()));
        }
        for (Map.Entry<String, Map<String, String>> settings :
                plan.brokerConfigs().entrySet()) {
            String broker = settings.getKey();
            String entity = broker.equals(ALL_BROKERS) ? ConfigEntities.DEFAULT_BROKER : "brokers/" + broker;
            await(writes.writeBrokerConfigs(entity, settings.getValue()));
        }
        for (AdoptedTopic topic : plan.topics()) {
            await(writes.write(topic));
        }
    }

    private <T> T await(CompletionStage<T> stage) throws StartFailure {
        return surroundings.waiting().await(stage);
    }
}
