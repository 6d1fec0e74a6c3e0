package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.AnswerCode;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.NodeWatch;
import io.barnabas.cluster.store.Op;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.znodes.ControllerZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.runtime.Clock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One attempt at the controller's office: the node and the next epoch are written together, so that an epoch has one
 * holder. Watches the node in any case, so that the next attempt comes when the office is free.
 */
final class ControllerElection {
    private final int brokerId;
    private final StoreSession session;
    private final Clock clock;
    private final NodeWatch onChange;

    ControllerElection(int brokerId, StoreSession session, Clock clock, NodeWatch onChange) {
        this.brokerId = brokerId;
        this.session = session;
        this.clock = clock;
        this.onChange = onChange;
    }

    /** Empty when the office is held already, by whomever. */
    CompletionStage<Optional<Reign.Term>> run() {
        return session.exists(Znodes.CONTROLLER, onChange).thenCompose(seen -> {
            if (seen.isOk()) {
                return CompletableFuture.completedFuture(Optional.empty());
            } else if (!seen.is(AnswerCode.NO_NODE)) {
                throw new StoreException("look for " + Znodes.CONTROLLER, seen.code());
            }
            return epoch().thenCompose(this::claim);
        });
    }

    /** The epoch as it stands, created where it never was. */
    private CompletionStage<Reign.Term> epoch() {
        return session.get(Znodes.CONTROLLER_EPOCH).thenCompose(read -> {
            if (read.is(AnswerCode.NO_NODE)) {
                return session.create(Znodes.CONTROLLER_EPOCH, text(0), NodeKind.PERSISTENT)
                        .thenCompose(created -> switch (created.code()) {
                            case OK, NODE_EXISTS, UNKNOWN -> epoch();
                            default -> throw new StoreException("create " + Znodes.CONTROLLER_EPOCH, created.code());
                        });
            }
            String text = read.orThrow("read " + Znodes.CONTROLLER_EPOCH).text();
            return CompletableFuture.completedFuture(
                    new Reign.Term(Integer.parseInt(text), read.value().stat().version()));
        });
    }

    private CompletionStage<Optional<Reign.Term>> claim(Reign.Term now) {
        int next = now.epoch() + 1;
        List<Op> steps = List.of(
                new Op.Create(Znodes.CONTROLLER, ControllerZnode.bytes(brokerId, clock.nowMs()), NodeKind.EPHEMERAL),
                new Op.SetData(Znodes.CONTROLLER_EPOCH, text(next), now.epochVersion()));
        return session.multi(steps).thenCompose(answer -> switch (answer.code()) {
            case OK ->
                CompletableFuture.completedFuture(
                        Optional.of(new Reign.Term(next, answer.stats().get(1).version())));
            case NODE_EXISTS, BAD_VERSION, UNKNOWN -> perhapsMine(next);
            default -> throw new StoreException("claim " + Znodes.CONTROLLER, answer.code());
        });
    }

    /** The claim may have succeeded although its answer was lost. */
    private CompletionStage<Optional<Reign.Term>> perhapsMine(int claimed) {
        return session.exists(Znodes.CONTROLLER).thenCompose(seen -> {
            if (seen.is(AnswerCode.NO_NODE)) {
                return run();
            } else if (!seen.isOk()) {
                throw new StoreException("look for " + Znodes.CONTROLLER, seen.code());
            } else if (seen.value().ephemeralOwner() != session.id()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return epoch().thenApply(now -> now.epoch() == claimed ? Optional.of(now) : Optional.empty());
        });
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }
}
