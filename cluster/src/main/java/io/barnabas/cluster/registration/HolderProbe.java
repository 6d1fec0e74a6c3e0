package io.barnabas.cluster.registration;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks whether somebody lives behind a registration. */
@FunctionalInterface
public interface HolderProbe {

    /** The endpoint that answered; empty when none did within a bounded wait. Does not fail. */
    CompletionStage<Optional<BrokerEndpoint>> answering(List<BrokerEndpoint> endpoints);
}
