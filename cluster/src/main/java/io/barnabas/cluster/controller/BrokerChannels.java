package io.barnabas.cluster.controller;

import io.barnabas.cluster.BrokerLinks;
import io.barnabas.cluster.LiveBroker;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.UpdateMetadataRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** A channel to each registered broker. Requests to others are dropped. Confined to the controller's mailbox. */
final class BrokerChannels {
    private final BrokerLinks links;
    private final Executor mailbox;
    private final Timers timers;
    private final Map<Integer, BrokerChannel> channels = new TreeMap<>();

    BrokerChannels(BrokerLinks links, Executor mailbox, Timers timers) {
        this.links = links;
        this.mailbox = mailbox;
        this.timers = timers;
    }

    void open(LiveBroker broker) {
        close(broker.id());
        channels.put(broker.id(), new BrokerChannel(broker.id(), links.open(broker), mailbox, timers));
    }

    void close(int brokerId) {
        BrokerChannel channel = channels.remove(brokerId);
        if (channel != null) {
            channel.close();
        }
    }

    void closeAll() {
        channels.values().forEach(BrokerChannel::close);
        channels.clear();
    }

    void leaderAndIsr(int brokerId, LeaderAndIsrRequest request, RoleAnswers answers) {
        BrokerChannel channel = channels.get(brokerId);
        if (channel != null) {
            channel.send(
                    () -> channel.link().leaderAndIsr(request),
                    answer -> answers.leaderAndIsr(brokerId, request, answer));
        }
    }

    void updateMetadata(int brokerId, UpdateMetadataRequest request) {
        BrokerChannel channel = channels.get(brokerId);
        if (channel != null) {
            channel.send(() -> channel.link().updateMetadata(request), answer -> {});
        }
    }

    void stopReplica(int brokerId, StopReplicaRequest request, Set<TopicPartition> deleted, RoleAnswers answers) {
        BrokerChannel channel = channels.get(brokerId);
        if (channel != null) {
            channel.send(
                    () -> channel.link().stopReplica(request),
                    answer -> answers.stopReplica(brokerId, deleted, answer));
        }
    }
}
