package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.znodes.LogDirEventZnode;
import io.barnabas.cluster.znodes.PartitionListZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What others leave for the controller to find: failed log directories, in-sync sets that old leaders changed, wishes for elections. */
final class Notifications {
    private final Reign reign;
    private final ClusterState state;
    private final Roles roles;

    Notifications(Reign reign, Roles roles) {
        this.reign = reign;
        this.state = reign.state;
        this.roles = roles;
    }

    /** Begins to watch; what lies there already is older than what this reign will read, and is cleared away. */
    CompletionStage<Void> clearAndWatch() {
        return clear(Znodes.LOG_DIR_EVENTS, this::logDirEvents)
                .thenCompose(cleared -> clear(Znodes.ISR_CHANGES, this::isrChanges));
    }

    private CompletionStage<Void> clear(String parent, Supplier<CompletionStage<Void>> onChange) {
        return children(parent, onChange)
                .thenCompose(names -> Stages.all(names, name -> reign.writes.delete(parent + "/" + name)))
                .thenApply(gone -> null);
    }

    private CompletionStage<List<String>> children(String parent, Supplier<CompletionStage<Void>> onChange) {
        return reign.session
                .children(parent, event -> reign.events.submit(parent + " changed", onChange))
                .thenApply(children -> children.orThrow("children of " + parent));
    }

    private CompletionStage<Void> logDirEvents() {
        String parent = Znodes.LOG_DIR_EVENTS;
        return children(parent, this::logDirEvents)
                .thenCompose(names -> Stages.all(names, name -> take(parent, name))
                        .thenAccept(found -> {
                            Set<Integer> brokers = new TreeSet<>();
                            found.forEach(bytes -> bytes.ifPresent(
                                    event -> LogDirEventZnode.brokerId(event).ifPresent(brokers::add)));
                            // The broker's answer names the partitions that it lost.
                            brokers.forEach(broker -> roles.tell(state.replicasOn(broker)));
                        }));
    }

    private CompletionStage<Void> isrChanges() {
        String parent = Znodes.ISR_CHANGES;
        return children(parent, this::isrChanges)
                .thenCompose(names -> Stages.all(names, name -> take(parent, name)))
                .thenCompose(found -> {
                    List<TopicPartition> changed = new ArrayList<>();
                    found.forEach(bytes -> bytes.ifPresent(list -> changed.addAll(PartitionListZnode.parse(list))));
                    changed.removeIf(partition -> state.leadership(partition) == null);
                    return Stages.all(changed, reign.leaderships::reread).thenAccept(read -> {
                        if (!changed.isEmpty()) {
                            RoleRequests round = reign.newRound();
                            round.announce(changed);
                            reign.send(round);
                        }
                    });
                });
    }

    /** Reads a note and removes it. */
    private CompletionStage<Optional<byte[]>> take(String parent, String name) {
        String path = parent + "/" + name;
        return reign.session
                .get(path)
                .thenCompose(read -> reign.writes
                        .delete(path)
                        .thenApply(gone -> read.is(AnswerCode.NO_NODE)
                                ? Optional.empty()
                                : Optional.of(read.orThrow("read " + path).bytes())));
    }

    /** Tools up to 2.8 ask for preferred leaders by making a node; it is removed in any case. */
    CompletionStage<Void> preferredElections() {
        String path = Znodes.PREFERRED_REPLICA_ELECTION;
        return reign.session
                .exists(path, event -> reign.events.submit("preferred election", this::preferredElections))
                .thenCompose(seen -> seen.isOk()
                        ? reign.session
                                .get(path)
                                .thenCompose(read -> read.isOk()
                                        ? electPreferred(read.value().bytes())
                                        : Stages.done())
                        : Stages.done());
    }

    private CompletionStage<Void> electPreferred(byte[] wish) {
        List<TopicPartition> partitions = PartitionListZnode.parse(wish).stream()
                .filter(partition -> state.leadership(partition) != null && !state.isDeleting(partition.topic()))
                .toList();
        return roles.electPreferred(partitions)
                .thenCompose(elected -> reign.writes.delete(Znodes.PREFERRED_REPLICA_ELECTION));
    }
}
