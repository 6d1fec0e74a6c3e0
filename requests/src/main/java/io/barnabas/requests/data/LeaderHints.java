package io.barnabas.requests.data;

import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionView;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.ProduceResponse;

/**
 * Tells a client that came to the wrong broker, or with an old idea of the leader, who leads now and where that broker
 * is (KIP-951): Produce since v10, Fetch since v16. Any thread may call.
 */
final class LeaderHints {
    private static final short PRODUCE_FROM = 10;
    private static final short FETCH_FROM = 16;

    private final PartitionLookup lookup;
    private final BrokerAddresses addresses;

    LeaderHints(PartitionLookup lookup, BrokerAddresses addresses) {
        this.lookup = lookup;
        this.addresses = addresses;
    }

    /** Who leads, as far as this broker knows. */
    private record Leader(int id, int epoch) {}

    void addTo(
            ProduceResponse response,
            ProduceResponse.PartitionProduceResponse answer,
            RequestContext context,
            PartitionRef name) {
        if (context.apiVersion() < PRODUCE_FROM || answer.errorCode() != ErrorCode.NOT_LEADER_OR_FOLLOWER.code()) {
            return;
        }
        Leader leader = leaderOf(name);
        answer.currentLeader().leaderId(leader.id).leaderEpoch(leader.epoch);
        BrokerEndpoint endpoint = leader.id < 0 ? null : addresses.of(context, leader.id);
        if (endpoint != null && response.nodeEndpoints().stream().noneMatch(known -> known.nodeId() == leader.id)) {
            response.nodeEndpoints()
                    .add(new ProduceResponse.NodeEndpoint()
                            .nodeId(leader.id)
                            .host(endpoint.host())
                            .port(endpoint.port()));
        }
    }

    void addTo(FetchResponse response, FetchResponse.PartitionData answer, RequestContext context, PartitionRef name) {
        if (context.apiVersion() < FETCH_FROM || !isAboutLeadership(answer.errorCode())) {
            return;
        }
        Leader leader = leaderOf(name);
        answer.currentLeader().leaderId(leader.id).leaderEpoch(leader.epoch);
        BrokerEndpoint endpoint = leader.id < 0 ? null : addresses.of(context, leader.id);
        if (endpoint != null && response.nodeEndpoints().stream().noneMatch(known -> known.nodeId() == leader.id)) {
            response.nodeEndpoints()
                    .add(new FetchResponse.NodeEndpoint()
                            .nodeId(leader.id)
                            .host(endpoint.host())
                            .port(endpoint.port()));
        }
    }

    private static boolean isAboutLeadership(short error) {
        return error == ErrorCode.NOT_LEADER_OR_FOLLOWER.code() || error == ErrorCode.FENCED_LEADER_EPOCH.code();
    }

    private Leader leaderOf(PartitionRef name) {
        Partition here = lookup.find(name);
        if (here != null) {
            PartitionView view = here.view();
            return new Leader(view.leaderId(), view.leaderEpoch());
        }
        PartitionImage known = lookup.imageOf(name);
        return known == null
                ? new Leader(PartitionView.NO_LEADER, PartitionView.NO_EPOCH)
                : new Leader(known.leader(), known.leaderEpoch());
    }
}
