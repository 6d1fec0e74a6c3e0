package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.store.NodeData;
import io.barnabas.cluster.store.StoreException;
import io.barnabas.cluster.znodes.ProducerIdBlockZnode;
import io.barnabas.cluster.znodes.Znodes;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** AllocateProducerIds: each block of a thousand is given out once, ever. */
final class ProducerIdBlocks {
    private final Reign reign;

    ProducerIdBlocks(Reign reign) {
        this.reign = reign;
    }

    CompletionStage<AllocateProducerIdsResponse> allocate(AllocateProducerIdsRequest request) {
        LiveBroker broker = reign.state.brokers().get(request.brokerId());
        if (broker == null) {
            return refused(ErrorCode.BROKER_ID_NOT_REGISTERED);
        } else if (broker.epoch() != request.brokerEpoch()) {
            return refused(ErrorCode.STALE_BROKER_EPOCH);
        }
        return next(request.brokerId(), null)
                .thenApply(block -> new AllocateProducerIdsResponse()
                        .producerIdStart(block.firstId())
                        .producerIdLen((int) (block.lastId() - block.firstId() + 1)));
    }

    /** @param attempted a block that was written without an answer, or null */
    private CompletionStage<ProducerIdBlockZnode> next(int brokerId, ProducerIdBlockZnode attempted) {
        return reign.session.get(Znodes.PRODUCER_ID_BLOCK).thenCompose(read -> {
            NodeData node = read.orThrow("read " + Znodes.PRODUCER_ID_BLOCK);
            Optional<ProducerIdBlockZnode> newest = ProducerIdBlockZnode.parse(node.bytes());
            if (attempted != null && newest.isPresent() && newest.get().equals(attempted)) {
                return CompletableFuture.completedFuture(attempted);
            }
            ProducerIdBlockZnode block =
                    newest.map(last -> last.next(brokerId)).orElseGet(() -> ProducerIdBlockZnode.first(brokerId));
            return reign.session
                    .setData(
                            Znodes.PRODUCER_ID_BLOCK, block.bytes(), node.stat().version())
                    .thenCompose(answer -> switch (answer.code()) {
                        case OK -> CompletableFuture.completedFuture(block);
                        case UNKNOWN -> next(brokerId, block);
                        case BAD_VERSION -> next(brokerId, null);
                        default -> throw new StoreException("write " + Znodes.PRODUCER_ID_BLOCK, answer.code());
                    });
        });
    }

    private static CompletionStage<AllocateProducerIdsResponse> refused(ErrorCode error) {
        return CompletableFuture.completedFuture(new AllocateProducerIdsResponse().errorCode(error.code()));
    }
}
