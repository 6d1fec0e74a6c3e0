package io.barnabas.requests.metadata;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.TopicImage;
import io.barnabas.cluster.topics.TopicName;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse.Cursor;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * DescribeTopicPartitions, v0: topics in the order of their names, so many partitions at a time; the cursor says where
 * to go on. Eligible leaders outside the in-sync set are a matter of KRaft, so there are none; the lists may be null by
 * the schema, but Java clients do not expect that.
 */
final class DescribeTopicPartitionsHandler
        implements InlineHandler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> {
    private static final int[] NONE = {};
    /** Kafka's default of {@code max.request.partition.size.limit}. */
    private static final int MOST_PARTITIONS = 2_000;

    private final MetadataPorts ports;

    DescribeTopicPartitionsHandler(MetadataPorts ports) {
        this.ports = ports;
    }

    @Override
    public DescribeTopicPartitionsResponse handle(RequestContext context, DescribeTopicPartitionsRequest request) {
        MetadataImage image = ports.metadata().current();
        boolean isAboutAll = request.topics().isEmpty();
        SortedSet<String> names = new TreeSet<>();
        if (isAboutAll) {
            image.topics().forEach(topic -> names.add(topic.name()));
        } else {
            request.topics().stream().map(TopicRequest::name).forEach(names::add);
        }
        Start start = start(request, names, isAboutAll);
        int limit = Math.max(1, Math.min(MOST_PARTITIONS, request.responsePartitionLimit()));
        return new Page(context, image, start, limit, isAboutAll).of(names.tailSet(start.topic()));
    }

    private record Start(String topic, int partition) {}

    private static Start start(DescribeTopicPartitionsRequest request, SortedSet<String> names, boolean isAboutAll) {
        DescribeTopicPartitionsRequest.Cursor cursor = request.cursor();
        if (cursor == null) {
            return new Start("", 0);
        } else if (!isAboutAll && !names.contains(cursor.topicName())) {
            throw new ApiException(
                    ErrorCode.INVALID_REQUEST,
                    "DescribeTopicPartitionsRequest topic list should contain the cursor topic: " + cursor.topicName());
        } else if (cursor.partitionIndex() < 0) {
            throw new ApiException(
                    ErrorCode.INVALID_REQUEST,
                    "DescribeTopicPartitionsRequest cursor partition must be valid: " + cursor.partitionIndex());
        }
        return new Start(cursor.topicName(), cursor.partitionIndex());
    }

    /** One answer in the making. */
    private final class Page {
        private final RequestContext context;
        private final MetadataImage image;
        private final Reach reach;
        private final Start start;
        private final boolean isAboutAll;
        private final List<DescribeTopicPartitionsResponseTopic> topics = new ArrayList<>();
        private final List<DescribeTopicPartitionsResponseTopic> forbidden = new ArrayList<>();
        private int remaining;

        Page(RequestContext context, MetadataImage image, Start start, int limit, boolean isAboutAll) {
            this.context = context;
            this.image = image;
            this.reach = Reach.of(context, image, ports.addresses());
            this.start = start;
            this.remaining = limit;
            this.isAboutAll = isAboutAll;
        }

        DescribeTopicPartitionsResponse of(SortedSet<String> names) {
            Cursor next = null;
            for (String name : names) {
                if (!ports.authorizer().allows(context, Operation.DESCRIBE, ResourceType.TOPIC, name)) {
                    refuseUnlessAll(name);
                    continue;
                }
                if (remaining == 0) {
                    next = new Cursor().topicName(name).partitionIndex(0);
                    break;
                }
                next = add(name);
                if (next != null) {
                    break;
                }
            }
            topics.addAll(forbidden);
            return new DescribeTopicPartitionsResponse().topics(topics).nextCursor(next);
        }

        private void refuseUnlessAll(String name) {
            if (!isAboutAll) {
                forbidden.add(new DescribeTopicPartitionsResponseTopic()
                        .name(name)
                        .errorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code()));
            }
        }

        /** Where to go on within the topic; null when it is done. */
        private Cursor add(String name) {
            TopicImage topic = image.topic(name);
            if (topic == null) {
                ErrorCode error = TopicName.problem(name).isPresent()
                        ? ErrorCode.INVALID_TOPIC_EXCEPTION
                        : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
                topics.add(new DescribeTopicPartitionsResponseTopic()
                        .name(name)
                        .isInternal(InternalTopics.isInternal(name))
                        .errorCode(error.code()));
                return null;
            }
            List<DescribeTopicPartitionsResponsePartition> partitions = new ArrayList<>();
            topics.add(new DescribeTopicPartitionsResponseTopic()
                    .name(name)
                    .topicId(topic.id())
                    .isInternal(InternalTopics.isInternal(name))
                    .partitions(partitions)
                    .topicAuthorizedOperations(
                            ports.authorizer().authorizedOperations(context, ResourceType.TOPIC, name)));
            int first = name.equals(start.topic()) ? start.partition() : 0;
            for (PartitionImage partition : topic.partitions().tailMap(first).values()) {
                if (remaining == 0) {
                    return new Cursor().topicName(name).partitionIndex(partition.partition());
                }
                partitions.add(described(partition));
                remaining--;
            }
            return null;
        }

        private DescribeTopicPartitionsResponsePartition described(PartitionImage partition) {
            PartitionView view = PartitionView.of(partition, reach, PartitionView.Form.NEWEST);
            return new DescribeTopicPartitionsResponsePartition()
                    .errorCode(view.error().code())
                    .partitionIndex(partition.partition())
                    .leaderId(view.leader())
                    .leaderEpoch(partition.leaderEpoch())
                    .replicaNodes(view.replicas())
                    .isrNodes(view.isr())
                    .eligibleLeaderReplicas(NONE)
                    .lastKnownElr(NONE)
                    .offlineReplicas(partition.offlineReplicas());
        }
    }
}
