package io.barnabas.simulation;

import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.Timers;
import io.barnabas.txn.MarkerSender;
import io.barnabas.wire.ApiMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where the parts of a simulated broker meet, so that a test can plant a fault between them. By itself it changes nothing. */
interface Seams {
    Seams NONE = new Seams() {};

    default Disk disk(Disk disk) {
        return disk;
    }

    default TransactionVerifier verifier(TransactionVerifier verifier) {
        return verifier;
    }

    default MarkerSender markers(MarkerSender sender, Timers timers) {
        return sender;
    }

    /** What the broker takes the request for. */
    default CompletionStage<ApiMessage> arrived(ApiMessage request, SimulatedBroker at) {
        return CompletableFuture.completedStage(request);
    }
}
