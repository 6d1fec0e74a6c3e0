package io.barnabas.compat.differential;

import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest.DeleteTopicState;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests about topics as scenarios need them. */
final class TopicRequests {
    static final int PATIENCE_MS = 15_000;

    private TopicRequests() {}

    static CreateTopicsRequest create(CreatableTopic... topics) {
        return new CreateTopicsRequest().timeoutMs(PATIENCE_MS).topics(new ArrayList<>(Arrays.asList(topics)));
    }

    static CreatableTopic topic(String name, int partitions, int replicas) {
        return new CreatableTopic().name(name).numPartitions(partitions).replicationFactor((short) replicas);
    }

    /** One list of brokers for each partition. */
    static CreatableTopic assigned(String name, int[]... brokers) {
        CreatableTopic topic = topic(name, -1, -1);
        for (int partition = 0; partition < brokers.length; partition++) {
            topic.assignments()
                    .add(new CreatableReplicaAssignment()
                            .partitionIndex(partition)
                            .brokerIds(brokers[partition]));
        }
        return topic;
    }

    static CreatableTopic with(CreatableTopic topic, String key, String value) {
        topic.configs().add(new CreatableTopicConfig().name(key).value(value));
        return topic;
    }

    /** By name, in the form of the version. */
    static DeleteTopicsRequest delete(int version, String... names) {
        DeleteTopicsRequest request = new DeleteTopicsRequest().timeoutMs(PATIENCE_MS);
        return version < 6
                ? request.topicNames(List.of(names))
                : request.topics(Arrays.stream(names)
                        .map(name -> new DeleteTopicState().name(name))
                        .toList());
    }

    /** Without making what is not there, where the version lets a client say so. */
    static MetadataRequest metadata(int version, String... names) {
        MetadataRequest request = new MetadataRequest()
                .topics(Arrays.stream(names)
                        .map(name -> new MetadataRequestTopic().name(name))
                        .toList());
        return version < 4 ? request : request.allowAutoTopicCreation(false);
    }
}
