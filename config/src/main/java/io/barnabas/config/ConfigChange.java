package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** One step of an incremental change: of a single name. */
public record ConfigChange(Operation operation, String name, String value) {

    public enum Operation {
        SET,
        DELETE,
        APPEND,
        SUBTRACT;

        /** By its number on the wire; empty for a number that means nothing. */
        public static Optional<Operation> of(byte id) {
            return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
        }
    }

    /** What comes out of a change: the new texts of the whole entity, or a refusal. */
    public record Outcome(Map<String, String> values, ConfigProblem problem) {
        public boolean isRefused() {
            return problem != null;
        }
    }

    /**
     * Applies changes in order to what an entity has set.
     *
     * @param keyOf finds the key of a name, null when it is none: {@code TopicKeys::named} or {@code DynamicConfigRules::keyOf}
     */
    public static Outcome applyAll(
            Map<String, String> current, List<ConfigChange> changes, Function<String, ConfigKey<?>> keyOf) {
        Map<String, String> values = new TreeMap<>(current);
        for (ConfigChange change : changes) {
            Optional<ConfigProblem> problem = change.applyTo(values, keyOf.apply(change.name()));
            if (problem.isPresent()) return new Outcome(null, problem.get());
        }
        return new Outcome(values, null);
    }

    private Optional<ConfigProblem> applyTo(Map<String, String> values, ConfigKey<?> key) {
        switch (operation) {
            case SET -> values.put(name, value);
            case DELETE -> values.remove(name);
            case APPEND, SUBTRACT -> {
                if (key == null || key.type() != ConfigType.LIST) return Optional.of(notAList());
                values.put(name, String.join(",", changedList(itemsOf(values, key))));
            }
        }
        return Optional.empty();
    }

    private List<String> changedList(List<String> before) {
        List<String> items = new ArrayList<>(before);
        List<String> named = ConfigType.LIST.parse(value).value();
        if (operation == Operation.SUBTRACT) items.removeAll(named);
        else for (String item : named) if (!items.contains(item)) items.add(item);
        return items;
    }

    private List<String> itemsOf(Map<String, String> values, ConfigKey<?> key) {
        String text = values.get(name);
        if (text != null) return ConfigType.LIST.parse(text).value();
        List<String> items = new ArrayList<>();
        if (key.defaultValue() instanceof List<?> defaults) for (Object item : defaults) items.add((String) item);
        return items;
    }

    private ConfigProblem notAList() {
        String verb = operation == Operation.APPEND ? "append" : "subtract";
        return ConfigProblem.of("Config value " + verb + " is not allowed for config key: " + name);
    }
}
