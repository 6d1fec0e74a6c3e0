package io.barnabas.requests.admin;

import io.barnabas.cluster.TopicImage;
import io.barnabas.cluster.topics.TopicOutcome;
import io.barnabas.config.BrokerKeys;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest.DeleteTopicState;
import io.barnabas.wire.message.DeleteTopicsResponse;
import io.barnabas.wire.message.DeleteTopicsResponse.DeletableTopicResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * DeleteTopics, v0-v6: answers when the topics are gone. v3 has an error of its own for a broker that deletes nothing;
 * v5 has messages; v6 names topics by id, too.
 */
final class DeleteTopicsHandler implements DeferredHandler<DeleteTopicsRequest, DeleteTopicsResponse> {
    private static final int BY_ID_FROM = 6;
    private static final int DISABLED_ERROR_FROM = 3;

    private final AdminPorts ports;

    DeleteTopicsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public CompletionStage<DeleteTopicsResponse> handle(RequestContext context, DeleteTopicsRequest request) {
        List<DeletableTopicResult> refused = new ArrayList<>();
        List<DeletableTopicResult> wanted = new ArrayList<>();
        long mutations = 0;
        for (DeleteTopicState asked : asked(context, request)) {
            DeletableTopicResult result = resolved(asked);
            ErrorCode refusal = refusal(context, asked, result);
            if (refusal == ErrorCode.NONE) {
                wanted.add(result);
                mutations += ports.metadata()
                        .current()
                        .topic(result.name())
                        .partitions()
                        .size();
            } else {
                ports.metrics().failed(context.apiKey(), refusal);
                refused.add(result.errorCode(refusal.code()));
            }
        }
        int throttleMs = ports.quotas().throttleMs(context, Quotas.Kind.CONTROLLER_MUTATIONS, mutations);
        return ports.topics()
                .delete(
                        wanted.stream()
                                .map(DeletableTopicResult::name)
                                .distinct()
                                .toList(),
                        request.timeoutMs())
                .thenApply(outcomes -> new DeleteTopicsResponse()
                        .responses(answers(context, refused, wanted, outcomes))
                        .throttleTimeMs(throttleMs));
    }

    private static List<DeleteTopicState> asked(RequestContext context, DeleteTopicsRequest request) {
        if (context.apiVersion() < BY_ID_FROM) {
            return request.topicNames().stream()
                    .map(name -> new DeleteTopicState().name(name))
                    .toList();
        }
        for (DeleteTopicState topic : request.topics()) {
            if (topic.name() != null && !topic.topicId().isZero()) {
                throw new ApiException(ErrorCode.INVALID_REQUEST, "Topic name and topic ID can not both be specified.");
            }
        }
        return request.topics();
    }

    /** With the name where only the id was said. */
    private DeletableTopicResult resolved(DeleteTopicState asked) {
        String name = asked.name();
        if (!asked.topicId().isZero()) {
            TopicImage topic = ports.metadata().current().topic(asked.topicId());
            name = topic == null ? null : topic.name();
        }
        return new DeletableTopicResult().name(name).topicId(asked.topicId());
    }

    private ErrorCode refusal(RequestContext context, DeleteTopicState asked, DeletableTopicResult result) {
        if (!ports.isController().getAsBoolean()) {
            return ErrorCode.NOT_CONTROLLER;
        } else if (!ports.configs().broker().get(BrokerKeys.DELETE_TOPIC_ENABLE)) {
            return context.apiVersion() < DISABLED_ERROR_FROM
                    ? ErrorCode.INVALID_REQUEST
                    : ErrorCode.TOPIC_DELETION_DISABLED;
        } else if (result.name() == null) {
            return ErrorCode.UNKNOWN_TOPIC_ID;
        } else if (!allowed(context, Operation.DESCRIBE, result)
                && !asked.topicId().isZero()) {
            // Who may not see the topic does not learn its name from its id.
            result.name(null);
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        } else if (!allowed(context, Operation.DELETE, result)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return ports.metadata().current().hasTopic(result.name())
                ? ErrorCode.NONE
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    private boolean allowed(RequestContext context, Operation operation, DeletableTopicResult topic) {
        return ports.authorizer().allows(context, operation, ResourceType.TOPIC, topic.name());
    }

    /** One for each time that a topic was named. */
    private List<DeletableTopicResult> answers(
            RequestContext context,
            List<DeletableTopicResult> refused,
            List<DeletableTopicResult> wanted,
            List<TopicOutcome> outcomes) {
        Map<String, TopicOutcome> byName = new HashMap<>();
        outcomes.forEach(outcome -> byName.put(outcome.topic(), outcome));
        List<DeletableTopicResult> answers = new ArrayList<>(refused);
        for (DeletableTopicResult result : wanted) {
            TopicOutcome outcome = byName.get(result.name());
            if (!outcome.isDone()) {
                ports.metrics().failed(context.apiKey(), outcome.error());
            }
            answers.add(result.errorCode(outcome.error().code()).errorMessage(outcome.message()));
        }
        return answers;
    }
}
