package io.barnabas.requests.metadata;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.TopicImage;
import io.barnabas.cluster.topics.TopicName;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.BrokerKeys;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseBroker;
import io.barnabas.wire.message.MetadataResponse.MetadataResponsePartition;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Metadata, v0-v13: brokers as the caller reaches them, topics and their leaders; unknown topics are made where that is
 * allowed. In v0 no topics mean all, from v1 null does; v4 says whether topics may be made; v6 names a missing
 * listener; v8-v10 name what the caller may do with the cluster, v8 with topics; v12 asks by id; v13 has an error of
 * its own.
 */
final class MetadataHandler implements DeferredHandler<MetadataRequest, MetadataResponse> {
    private static final int BY_ID_FROM = 12;
    private static final int TOPIC_OPERATIONS_FROM = 8;
    private static final int CLUSTER_OPERATIONS_UNTIL = 10;

    private final MetadataPorts ports;
    private final MetadataCache metadata;
    private final BrokerAddresses addresses;
    private final Authorizer authorizer;

    MetadataHandler(MetadataPorts ports) {
        this.ports = ports;
        this.metadata = ports.metadata();
        this.addresses = ports.addresses();
        this.authorizer = ports.authorizer();
    }

    @Override
    public CompletionStage<MetadataResponse> handle(RequestContext context, MetadataRequest request) {
        checkNames(context, request);
        if (isAboutAll(context, request)) {
            return CompletableFuture.completedFuture(all(context, request));
        } else if (isById(request)) {
            return CompletableFuture.completedFuture(byId(context, request));
        }
        return byName(context, request);
    }

    private static void checkNames(RequestContext context, MetadataRequest request) {
        if (request.topics() == null || context.apiVersion() >= BY_ID_FROM) {
            return;
        }
        for (MetadataRequestTopic topic : request.topics()) {
            if (topic.name() == null) {
                throw new ApiException(
                        ErrorCode.INVALID_REQUEST, "Topic name can not be null for version " + context.apiVersion());
            } else if (!topic.topicId().isZero()) {
                throw new ApiException(
                        ErrorCode.INVALID_REQUEST,
                        "Topic IDs are not supported in requests for version " + context.apiVersion());
            }
        }
    }

    private static boolean isAboutAll(RequestContext context, MetadataRequest request) {
        return request.topics() == null
                || context.apiVersion() == 0 && request.topics().isEmpty();
    }

    private static boolean isById(MetadataRequest request) {
        for (MetadataRequestTopic topic : request.topics()) {
            if (!topic.topicId().isZero()) {
                return true;
            }
        }
        return false;
    }

    // --- which topics

    private MetadataResponse all(RequestContext context, MetadataRequest request) {
        MetadataImage image = metadata.current();
        Reach reach = Reach.of(context, image, addresses);
        List<MetadataResponseTopic> topics = new ArrayList<>(image.topics().size());
        for (TopicImage topic : image.topics()) {
            if (mayDescribe(context, topic.name())) {
                topics.add(known(context, request, topic, reach));
            }
        }
        return answer(context, request, image, reach, topics);
    }

    private MetadataResponse byId(RequestContext context, MetadataRequest request) {
        MetadataImage image = metadata.current();
        Reach reach = Reach.of(context, image, addresses);
        List<MetadataResponseTopic> topics = new ArrayList<>();
        Set<Uuid> asked = new LinkedHashSet<>();
        request.topics().forEach(topic -> asked.add(topic.topicId()));
        asked.remove(Uuid.ZERO);
        for (Uuid id : asked) {
            TopicImage topic = image.topic(id);
            if (topic == null) {
                topics.add(refused(context, null, id, ErrorCode.UNKNOWN_TOPIC_ID));
            } else if (!mayDescribe(context, topic.name())) {
                topics.add(refused(context, null, id, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
            } else {
                topics.add(known(context, request, topic, reach));
            }
        }
        return answer(context, request, image, reach, topics);
    }

    private CompletionStage<MetadataResponse> byName(RequestContext context, MetadataRequest request) {
        Set<String> asked = new LinkedHashSet<>();
        request.topics().forEach(topic -> asked.add(topic.name()));
        List<String> missing = missing(context, asked);
        return missing.isEmpty()
                ? CompletableFuture.completedFuture(named(context, request, asked, Map.of()))
                : makeMissing(context, request, missing).thenApply(errors -> named(context, request, asked, errors));
    }

    /** Those that the caller may know of and that do not exist. */
    private List<String> missing(RequestContext context, Set<String> asked) {
        MetadataImage image = metadata.current();
        List<String> missing = List.of();
        for (String name : asked) {
            if (!image.hasTopic(name) && mayDescribe(context, name)) {
                missing = missing.isEmpty() ? new ArrayList<>() : missing;
                missing.add(name);
            }
        }
        return missing;
    }

    /** Makes what may be made; says of each topic what came of it. */
    private CompletionStage<Map<String, ErrorCode>> makeMissing(
            RequestContext context, MetadataRequest request, List<String> missing) {
        boolean mayMake =
                request.allowAutoTopicCreation() && ports.config().get().get(BrokerKeys.AUTO_CREATE_TOPICS_ENABLE);
        Map<String, ErrorCode> errors = new HashMap<>();
        List<String> toMake = new ArrayList<>();
        for (String name : missing) {
            if (TopicName.problem(name).isPresent()) {
                errors.put(name, ErrorCode.INVALID_TOPIC_EXCEPTION);
            } else if (!mayMake) {
                errors.put(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            } else if (!mayCreate(context, name)) {
                errors.put(name, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
            } else {
                toMake.add(name);
            }
        }
        return make(toMake, errors).thenApply(made -> errors);
    }

    private CompletionStage<Void> make(List<String> topics, Map<String, ErrorCode> errors) {
        List<CompletableFuture<ErrorCode>> made = topics.stream()
                .map(topic -> ports.firstUse().make(topic).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(made.toArray(CompletableFuture[]::new)).thenAccept(ended -> {
            for (int i = 0; i < topics.size(); i++) {
                errors.put(topics.get(i), made.get(i).join());
            }
        });
    }

    private MetadataResponse named(
            RequestContext context, MetadataRequest request, Collection<String> asked, Map<String, ErrorCode> errors) {
        MetadataImage image = metadata.current();
        Reach reach = Reach.of(context, image, addresses);
        List<MetadataResponseTopic> topics = new ArrayList<>(asked.size());
        for (String name : asked) {
            TopicImage topic = image.topic(name);
            if (!mayDescribe(context, name)) {
                topics.add(refused(context, name, Uuid.ZERO, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
            } else if (topic != null) {
                topics.add(known(context, request, topic, reach));
            } else {
                ErrorCode error = errors.getOrDefault(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
                topics.add(refused(context, name, Uuid.ZERO, error));
            }
        }
        return answer(context, request, image, reach, topics);
    }

    private boolean mayDescribe(RequestContext context, String topic) {
        return authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, topic);
    }

    private boolean mayCreate(RequestContext context, String topic) {
        return authorizer.allowsOnCluster(context, Operation.CREATE)
                || authorizer.allows(context, Operation.CREATE, ResourceType.TOPIC, topic);
    }

    // --- how they look

    private MetadataResponseTopic known(
            RequestContext context, MetadataRequest request, TopicImage topic, Reach reach) {
        List<MetadataResponsePartition> partitions =
                new ArrayList<>(topic.partitions().size());
        PartitionView.Form form = PartitionView.Form.ofMetadata(context.apiVersion());
        for (PartitionImage partition : topic.partitions().values()) {
            PartitionView view = PartitionView.of(partition, reach, form);
            partitions.add(new MetadataResponsePartition()
                    .errorCode(view.error().code())
                    .partitionIndex(partition.partition())
                    .leaderId(view.leader())
                    .leaderEpoch(partition.leaderEpoch())
                    .replicaNodes(view.replicas())
                    .isrNodes(view.isr())
                    .offlineReplicas(partition.offlineReplicas()));
        }
        MetadataResponseTopic answer = new MetadataResponseTopic()
                .name(topic.name())
                .topicId(topic.id())
                .isInternal(InternalTopics.isInternal(topic.name()))
                .partitions(partitions);
        if (request.includeTopicAuthorizedOperations() && context.apiVersion() >= TOPIC_OPERATIONS_FROM) {
            answer.topicAuthorizedOperations(
                    authorizer.authorizedOperations(context, ResourceType.TOPIC, topic.name()));
        }
        return answer;
    }

    private MetadataResponseTopic refused(RequestContext context, String name, Uuid id, ErrorCode error) {
        ports.metrics().failed(context.apiKey(), error);
        return new MetadataResponseTopic()
                .name(name)
                .topicId(id)
                .isInternal(name != null && InternalTopics.isInternal(name))
                .errorCode(error.code());
    }

    private MetadataResponse answer(
            RequestContext context,
            MetadataRequest request,
            MetadataImage image,
            Reach reach,
            List<MetadataResponseTopic> topics) {
        MetadataResponse answer = new MetadataResponse()
                .clusterId(image.clusterId())
                .controllerId(image.controllerId())
                .brokers(brokers(reach))
                .topics(topics);
        if (request.includeClusterAuthorizedOperations() && context.apiVersion() <= CLUSTER_OPERATIONS_UNTIL) {
            answer.clusterAuthorizedOperations(
                    authorizer.allowsOnCluster(context, Operation.DESCRIBE)
                            ? authorizer.authorizedOperations(context, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME)
                            : 0);
        }
        return answer;
    }

    private static List<MetadataResponseBroker> brokers(Reach reach) {
        List<MetadataResponseBroker> brokers = new ArrayList<>(reach.count());
        for (int i = 0; i < reach.count(); i++) {
            BrokerEndpoint endpoint = reach.endpoint(i);
            if (endpoint != null) {
                brokers.add(new MetadataResponseBroker()
                        .nodeId(reach.broker(i).id())
                        .host(endpoint.host())
                        .port(endpoint.port())
                        .rack(reach.broker(i).rack()));
            }
        }
        return brokers;
    }
}
