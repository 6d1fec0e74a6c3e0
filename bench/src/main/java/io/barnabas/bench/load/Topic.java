package io.barnabas.bench.load;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest.DeleteTopicState;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsTopic;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import io.barnabas.wire.message.MetadataResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A topic of the broker that is measured, as clients must name it. */
public record Topic(String name, Uuid id) {
    private static final int TIMEOUT_MS = 60_000;
    private static final long LATEST = -1;

    /** The answers of a broker that has just been started and does not know of itself, or of a controller. */
    private static final Set<ErrorCode> NOT_YET =
            EnumSet.of(ErrorCode.INVALID_REPLICATION_FACTOR, ErrorCode.NOT_CONTROLLER, ErrorCode.BROKER_NOT_AVAILABLE);

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    /** Makes the topic and waits until each partition has a leader. Its files go soon after it is deleted. */
    public static Topic create(RawConnection connection, String name, int partitions)
            throws IOException, InterruptedException {
        return create(connection, name, partitions, Map.of());
    }

    public static Topic create(RawConnection connection, String name, int partitions, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<CreatableTopicConfig> configs = new ArrayList<>();
        configs.add(new CreatableTopicConfig().name("file.delete.delay.ms").value("500"));
        settings.forEach(
                (key, value) -> configs.add(new CreatableTopicConfig().name(key).value(value)));
        CreatableTopic wanted = new CreatableTopic()
                .name(name)
                .numPartitions(partitions)
                .replicationFactor((short) 1)
                .configs(configs);
        ErrorCode error = ask(connection, wanted);
        for (long begin = System.nanoTime();
                NOT_YET.contains(error) && System.nanoTime() - begin < PATIENCE_NS;
                error = ask(connection, wanted)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (error != ErrorCode.NONE && error != ErrorCode.TOPIC_ALREADY_EXISTS) {
            throw new IOException("CreateTopics " + name + ": " + error);
        }
        return await(connection, name, partitions);
    }

    private static ErrorCode ask(RawConnection connection, CreatableTopic wanted) throws IOException {
        CreateTopicsResponse answer = (CreateTopicsResponse)
                connection.call(new CreateTopicsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(wanted)));
        return ErrorCode.of(answer.topics().get(0).errorCode());
    }

    /** Waits for leaders; where the broker makes topics at their first use, this is such a use. */
    public static Topic await(RawConnection connection, String name, int partitions)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE_NS) {
            MetadataResponse answer = (MetadataResponse) connection.call(new MetadataRequest()
                    .allowAutoTopicCreation(true)
                    .topics(List.of(new MetadataRequestTopic().name(name))));
            var topic = answer.topics().get(0);
            boolean led = topic.errorCode() == 0 && topic.partitions().size() == partitions;
            for (var partition : topic.partitions()) {
                led &= partition.errorCode() == 0 && partition.leaderId() >= 0;
            }
            if (led && isServed(connection, name, partitions)) {
                return new Topic(name, topic.topicId());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IOException("topic " + name + " does not become ready");
    }

    /** A leader is known a little before it serves. */
    private static boolean isServed(RawConnection connection, String name, int partitions) throws IOException {
        List<ListOffsetsPartition> asked = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            asked.add(new ListOffsetsPartition().partitionIndex(i).timestamp(LATEST));
        }
        ListOffsetsResponse answer = (ListOffsetsResponse) connection.call(new ListOffsetsRequest()
                .replicaId(-1)
                .topics(List.of(new ListOffsetsTopic().name(name).partitions(asked))));
        boolean served = true;
        for (var partition : answer.topics().get(0).partitions()) {
            served &= partition.errorCode() == 0;
        }
        return served;
    }

    public void delete(RawConnection connection) throws IOException {
        connection.call(new DeleteTopicsRequest()
                .timeoutMs(TIMEOUT_MS)
                .topicNames(List.of(name))
                .topics(List.of(new DeleteTopicState().name(name))));
    }
}
