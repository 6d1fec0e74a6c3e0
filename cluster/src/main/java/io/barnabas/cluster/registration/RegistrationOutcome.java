package io.barnabas.cluster.registration;

import java.util.function.Function;

/** How an attempt to register ended. */
public sealed interface RegistrationOutcome {

    <R> R fold(Function<Registered, R> registered, Function<Refused, R> refused);

    /** @param brokerEpoch names this registration: a later one of the same id has a higher epoch */
    record Registered(long brokerEpoch) implements RegistrationOutcome {
        @Override
        public <R> R fold(Function<Registered, R> registered, Function<Refused, R> refused) {
            return registered.apply(this);
        }
    }

    /** @param reason names the broker that holds the id */
    record Refused(String reason) implements RegistrationOutcome {
        @Override
        public <R> R fold(Function<Registered, R> registered, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
