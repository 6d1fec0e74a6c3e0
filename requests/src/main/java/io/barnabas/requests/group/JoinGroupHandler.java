package io.barnabas.requests.group;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.JoinAnswer;
import io.barnabas.group.JoinRequest;
import io.barnabas.group.Protocol;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.JoinGroupResponse;
import io.barnabas.wire.message.JoinGroupResponse.JoinGroupResponseMember;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * JoinGroup, v0-v9: answered when the join phase is over. v1 knows a rebalance timeout apart from the session's; from
 * v4 a new dynamic member gets its id first; v5 static members; v7 answers with the protocol type; v8 reasons; from v9
 * a returning leader learns that it need not assign.
 */
final class JoinGroupHandler implements DeferredHandler<JoinGroupRequest, JoinGroupResponse> {
    private static final int ID_FIRST_FROM = 4;
    private static final int NULL_PROTOCOL_FROM = 7;
    private static final int SKIPS_ASSIGNMENT_FROM = 9;

    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    JoinGroupHandler(GroupCoordinator groups, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<JoinGroupResponse> handle(RequestContext context, JoinGroupRequest request) {
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        return groups.join(read(context, request)).thenApply(answer -> write(context, answer));
    }

    private static JoinRequest read(RequestContext context, JoinGroupRequest request) {
        List<Protocol> protocols = new ArrayList<>();
        request.protocols().forEach(protocol -> protocols.add(new Protocol(protocol.name(), protocol.metadata())));
        return new JoinRequest(
                request.groupId(),
                request.memberId(),
                request.groupInstanceId(),
                context.apiVersion() >= ID_FIRST_FROM && request.groupInstanceId() == null,
                context.apiVersion() >= SKIPS_ASSIGNMENT_FROM,
                context.clientId() == null ? "" : context.clientId(),
                "/" + context.clientAddress().getHostAddress(),
                context.apiVersion() == 0 ? request.sessionTimeoutMs() : request.rebalanceTimeoutMs(),
                request.sessionTimeoutMs(),
                request.protocolType(),
                protocols,
                request.reason());
    }

    private JoinGroupResponse write(RequestContext context, JoinAnswer answer) {
        boolean mayBeNull = context.apiVersion() >= NULL_PROTOCOL_FROM;
        List<JoinGroupResponseMember> members = new ArrayList<>();
        answer.members()
                .forEach(member -> members.add(new JoinGroupResponseMember()
                        .memberId(member.memberId())
                        .groupInstanceId(member.instanceId())
                        .metadata(member.metadata())));
        return new JoinGroupResponse()
                .errorCode(errors.code(context, answer.error()))
                .generationId(answer.generation())
                .protocolType(answer.protocolType())
                .protocolName(answer.protocolName() == null && !mayBeNull ? "" : answer.protocolName())
                .leader(answer.leaderId())
                .skipAssignment(answer.skipAssignment())
                .memberId(answer.memberId())
                .members(members);
    }
}
