package io.barnabas.txn;

import io.barnabas.wire.message.AllocateProducerIdsResponse;
import java.util.concurrent.CompletionStage;

/** Where blocks of producer ids come from: the controller, which gives each block away once. */
@FunctionalInterface
public interface ProducerIdBlocks {

    /** Asks for a block. Any thread; does not block. */
    CompletionStage<AllocateProducerIdsResponse> allocate();
}
