package io.barnabas.group;

import io.barnabas.coordinator.Waiter;
import java.util.List;
import java.util.Set;

/**
 * One member of a group. Id, client, timeouts and assignment come back after a restart, from the group's record; that
 * it waits for an answer does not. Changed by its {@link Group} only.
 */
final class Member {
    static final byte[] NO_ASSIGNMENT = {};

    final String instanceId;
    final String clientId;
    final String clientHost;
    String id;
    int rebalanceTimeoutMs;
    int sessionTimeoutMs;
    List<Protocol> protocols;
    byte[] assignment = NO_ASSIGNMENT;
    /** Its first join has not been answered yet, so nothing shows that it lives. */
    boolean isNew;

    Waiter<JoinAnswer> waitingJoin;
    Waiter<SyncAnswer> waitingSync;

    Member(
            String id,
            String instanceId,
            String clientId,
            String clientHost,
            int rebalanceTimeoutMs,
            int sessionTimeoutMs,
            List<Protocol> protocols) {
        this.id = id;
        this.instanceId = instanceId;
        this.clientId = clientId;
        this.clientHost = clientHost;
        this.rebalanceTimeoutMs = rebalanceTimeoutMs;
        this.sessionTimeoutMs = sessionTimeoutMs;
        this.protocols = List.copyOf(protocols);
    }

    boolean isStatic() {
        return instanceId != null;
    }

    boolean waits() {
        return waitingJoin != null || waitingSync != null;
    }

    /** What it tells about itself under the protocol. */
    byte[] metadata(String protocolName) {
        for (Protocol protocol : protocols) {
            if (protocol.name().equals(protocolName)) {
                return protocol.metadata();
            }
        }
        throw new IllegalStateException("member " + id + " does not support " + protocolName);
    }

    List<String> protocolNames() {
        return protocols.stream().map(Protocol::name).toList();
    }

    /** The first of its protocols that everybody supports. */
    static String vote(List<String> protocolNames, Set<String> candidates) {
        return protocolNames.stream()
                .filter(candidates::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no candidate among " + protocolNames));
    }
}
