package io.barnabas.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whether a broker may be configured so while it runs. Pure. A refusal's text goes into the answer with INVALID_REQUEST.
 * Names that are no keys are welcome: plug-ins have their own.
 */
public final class DynamicConfigRules {

    /** Of a listener; without its prefix they cannot change while running. */
    private static final Set<ConfigKey<?>> KEY_MATERIAL = Set.of(
            BrokerKeys.SSL_KEYSTORE_TYPE,
            BrokerKeys.SSL_KEYSTORE_LOCATION,
            BrokerKeys.SSL_KEYSTORE_PASSWORD,
            BrokerKeys.SSL_KEY_PASSWORD,
            BrokerKeys.SSL_KEYSTORE_KEY,
            BrokerKeys.SSL_KEYSTORE_CERTIFICATE_CHAIN,
            BrokerKeys.SSL_TRUSTSTORE_TYPE,
            BrokerKeys.SSL_TRUSTSTORE_LOCATION,
            BrokerKeys.SSL_TRUSTSTORE_PASSWORD,
            BrokerKeys.SSL_TRUSTSTORE_CERTIFICATES);

    /** They may at most double or halve at a time. */
    private static final List<ConfigKey<Integer>> THREAD_COUNTS = List.of(
            BrokerKeys.NUM_IO_THREADS,
            BrokerKeys.NUM_NETWORK_THREADS,
            BrokerKeys.NUM_REPLICA_FETCHERS,
            BrokerKeys.NUM_RECOVERY_THREADS_PER_DATA_DIR,
            BrokerKeys.BACKGROUND_THREADS,
            BrokerKeys.LOG_CLEANER_THREADS);

    private DynamicConfigRules() {}

    /** The key that a name sets, with or without a listener's prefix; null when it is none. */
    public static ConfigKey<?> keyOf(String name) {
        return ListenerPrefix.keyOf(name);
    }

    /**
     * Empty when all is fine.
     *
     * @param current the snapshot of the broker that is asked
     * @param proposed all that the entity would set, what it has set before included
     * @param ofOneBroker false for the defaults of the whole cluster
     */
    public static Optional<ConfigProblem> problemWith(
            BrokerConfig current, Map<String, String> proposed, boolean ofOneBroker) {
        Optional<ConfigProblem> problem = misplaced(proposed, ofOneBroker, false);
        if (problem.isEmpty()) problem = unreadable(proposed);
        if (problem.isEmpty()) problem = misplaced(proposed, ofOneBroker, true);
        if (problem.isPresent()) return problem;
        BrokerConfig next = ofOneBroker
                ? current.withDynamic(current.dynamicDefaultValues(), proposed)
                : current.withDynamic(proposed, current.dynamicBrokerValues());
        problem = threadJump(current, next);
        if (problem.isPresent()) return problem;
        return BrokerConfigRules.problemsWith(next).stream().findFirst();
    }

    private static Optional<ConfigProblem> misplaced(Map<String, String> proposed, boolean ofOneBroker, boolean last) {
        if (!last) {
            Optional<ConfigProblem> fixed =
                    refuse(proposed, DynamicConfigRules::isFixed, "Cannot update these configs dynamically");
            return fixed.isPresent()
                    ? fixed
                    : refuse(
                            proposed,
                            DynamicConfigRules::isKeyMaterial,
                            "These security configs can be dynamically updated only per-listener using the listener prefix");
        }
        if (ofOneBroker) return Optional.empty();
        return refuse(
                proposed,
                DynamicConfigRules::isOfOneBroker,
                "Cannot update these configs at default cluster level, broker id must be specified");
    }

    private static boolean isFixed(String name) {
        ConfigKey<?> key = BrokerKeys.named(name);
        return key != null && !key.updateMode().isDynamic();
    }

    private static boolean isKeyMaterial(String name) {
        ConfigKey<?> key = BrokerKeys.named(name);
        return key != null && KEY_MATERIAL.contains(key);
    }

    private static boolean isOfOneBroker(String name) {
        if (ListenerPrefix.isOn(name)) return true;
        ConfigKey<?> key = BrokerKeys.named(name);
        return key != null && key.updateMode() == UpdateMode.PER_BROKER;
    }

    private static Optional<ConfigProblem> refuse(Map<String, String> proposed, Predicate<String> wrong, String text) {
        Set<String> names = new TreeSet<>();
        for (String name : proposed.keySet()) if (wrong.test(name)) names.add(name);
        if (names.isEmpty()) return Optional.empty();
        return Optional.of(ConfigProblem.of(text + ": Set(" + String.join(", ", names) + ")"));
    }

    private static Optional<ConfigProblem> unreadable(Map<String, String> proposed) {
        for (Map.Entry<String, String> entry : proposed.entrySet()) {
            ConfigKey<?> key = keyOf(entry.getKey());
            ConfigProblem problem = key == null ? null : key.problemWith(entry.getValue());
            if (problem != null) return Optional.of(problem);
        }
        return Optional.empty();
    }

    private static Optional<ConfigProblem> threadJump(BrokerConfig current, BrokerConfig next) {
        for (ConfigKey<Integer> key : THREAD_COUNTS) {
            int before = current.get(key);
            int after = next.get(key);
            String reason = after == before ? null : reasonAgainstJump(before, after);
            if (reason != null)
                return Optional.of(ConfigProblem.of("Dynamic thread count update validation failed for " + key + "="
                        + after + ", value should " + reason));
        }
        return Optional.empty();
    }

    private static String reasonAgainstJump(int before, int after) {
        if (after <= 0) return "be at least 1";
        if (after < before / 2) return "be at least half the current value " + before;
        if (after > before * 2L) return "not be greater than double the current value " + before;
        return null;
    }
}
