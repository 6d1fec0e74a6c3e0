package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.store.Answer;
import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.NodeWatch;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brokers that come, go, come back under a new epoch, change their endpoints, or lose a log directory. */
final class BrokerEvents {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerEvents.class);

    private final Reign reign;
    private final ClusterState state;
    private final Roles roles;
    private final TopicDeletions deletions;
    private final Set<Integer> watched = new HashSet<>();

    BrokerEvents(Reign reign, Roles roles, TopicDeletions deletions) {
        this.reign = reign;
        this.state = reign.state;
        this.roles = roles;
        this.deletions = deletions;
    }

    /** Reads all brokers and opens their channels, at the beginning of a reign. */
    CompletionStage<Void> loadAll() {
        return registered().thenAccept(brokers -> brokers.values().forEach(this::add));
    }

    /** The children of /brokers/ids have changed. */
    CompletionStage<Void> listChanged() {
        return registered().thenCompose(now -> {
            List<LiveBroker> arrived = new ArrayList<>();
            List<Integer> left = new ArrayList<>();
            state.brokers().forEach((id, known) -> {
                LiveBroker current = now.get(id);
                if (current == null || current.epoch() > known.epoch()) {
                    left.add(id);
                }
            });
            now.values().stream()
                    .filter(broker -> !state.brokers().containsKey(broker.id()) || left.contains(broker.id()))
                    .forEach(arrived::add);
            return failed(left).thenCompose(handled -> started(arrived));
        });
    }

    private CompletionStage<Map<Integer, LiveBroker>> registered() {
        return reign.session
                .children(Znodes.BROKER_IDS, event -> reign.events.submit("brokers changed", this::listChanged))
                .thenCompose(children -> Stages.all(
                        children.orThrow("children of " + Znodes.BROKER_IDS), id -> read(Integer.parseInt(id))))
                .thenApply(found -> {
                    Map<Integer, LiveBroker> brokers = new TreeMap<>();
                    found.forEach(broker -> broker.ifPresent(present -> brokers.put(present.id(), present)));
                    return brokers;
                });
    }

    private CompletionStage<Optional<LiveBroker>> read(int id) {
        NodeWatch watch = watched.add(id)
                ? event -> reign.events.submit("broker " + id + " changed", () -> {
                    watched.remove(id);
                    return changed(id);
                })
                : null;
        return reign.session.get(Znodes.broker(id), watch).thenApply(answer -> {
            if (watch != null && !answer.isOk()) {
                watched.remove(id);
            }
            return broker(id, answer);
        });
    }

    private static Optional<LiveBroker> broker(int id, Answer<NodeData> answer) {
        if (answer.is(AnswerCode.NO_NODE)) {
            return Optional.empty();
        }
        NodeData node = answer.orThrow("read " + Znodes.broker(id));
        return BrokerZnode.parse(node.bytes())
                .map(znode -> new LiveBroker(id, node.stat().czxid(), znode.endpoints(), znode.rack()));
    }

    private void add(LiveBroker broker) {
        state.addBroker(broker);
        reign.channels.open(broker);
    }

    private CompletionStage<Void> started(List<LiveBroker> brokers) {
        if (brokers.isEmpty()) {
            return Stages.done();
        }
        List<Integer> ids = brokers.stream().map(LiveBroker::id).toList();
        LOG.info("Brokers {} have started", ids);
        brokers.forEach(this::add);
        RoleRequests toAll = reign.newRound();
        toAll.announce(List.of());
        reign.send(toAll);
        RoleRequests toNew = reign.newRound();
        toNew.announceTo(ids, state.partitionsWithState());
        reign.send(toNew);
        List<Replica> replicas =
                ids.stream().flatMap(id -> state.replicasOn(id).stream()).toList();
        roles.tell(replicas.stream()
                .filter(replica -> !state.isDeleting(replica.partition().topic()))
                .toList());
        Set<String> waiting = new HashSet<>(state.deleting());
        waiting.retainAll(
                replicas.stream().map(replica -> replica.partition().topic()).toList());
        return roles.electWhereNeeded()
                .thenCompose(elected -> waiting.isEmpty() ? Stages.done() : deletions.retry(waiting));
    }

    private CompletionStage<Void> failed(List<Integer> brokers) {
        if (brokers.isEmpty()) {
            return Stages.done();
        }
        LOG.info("Brokers {} have gone", brokers);
        for (int id : brokers) {
            state.removeBroker(id);
            reign.channels.close(id);
        }
        return replicasLost(
                brokers.stream().flatMap(id -> state.replicasOn(id).stream()).toList());
    }

    /** Replicas that have just become unusable: others lead, and in-sync sets shrink. */
    CompletionStage<Void> replicasLost(Collection<Replica> replicas) {
        List<Replica> kept = replicas.stream()
                .filter(replica -> !state.isDeleting(replica.partition().topic()))
                .toList();
        List<Replica> dying = replicas.stream()
                .filter(replica -> state.isDeleting(replica.partition().topic()))
                .toList();
        return roles.electWhereNeeded()
                .thenCompose(elected -> roles.takeOffline(kept).thenCompose(gone -> {
                    if (kept.isEmpty() && elected.isEmpty()) {
                        RoleRequests bare = reign.newRound();
                        bare.announce(List.of());
                        reign.send(bare);
                    }
                    return dying.isEmpty() ? Stages.done() : deletions.failed(dying);
                }));
    }

    private CompletionStage<Void> changed(int id) {
        return read(id).thenAccept(found -> {
            LiveBroker known = state.brokers().get(id);
            if (found.isEmpty() || known == null || known.epoch() != found.get().epoch() || known.equals(found.get())) {
                return;
            }
            LOG.info("Broker {} has changed to {}", id, found.get());
            // Its channel stays: what is under way must not be lost. Whoever makes links looks addresses up itself.
            state.brokers().put(id, found.get());
            RoleRequests round = reign.newRound();
            round.announce(List.<TopicPartition>of());
            reign.send(round);
        });
    }
}
