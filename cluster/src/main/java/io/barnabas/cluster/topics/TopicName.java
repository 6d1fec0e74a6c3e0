package io.barnabas.cluster.topics;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be a topic's name. Pure. */
public final class TopicName {
    private static final int MAX_LENGTH = 249;
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

    private TopicName() {}

    /** Why the name is no good, in the words that tools print; empty for a good one. */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("Topic name is invalid: the empty string is not allowed");
        } else if (name.equals(".") || name.equals("..")) {
            return Optional.of("Topic name is invalid: '" + name + "' is not allowed");
        } else if (name.length() > MAX_LENGTH) {
            return Optional.of("Topic name is invalid: the length of '" + name
                    + "' is longer than the max allowed length " + MAX_LENGTH);
        } else if (!LEGAL.matcher(name).matches()) {
            return Optional.of("Topic name is invalid: '" + name + "' contains one or more characters other than "
                    + "ASCII alphanumerics, '.', '_' and '-'");
        }
        return Optional.empty();
    }

    static boolean mayCollide(String name) {
        return name.indexOf('.') >= 0 || name.indexOf('_') >= 0;
    }

    /** Names of topics whose metrics would be mixed up with this one's: '.' and '_' look alike there. */
    public static List<String> colliding(String name, Collection<String> existing) {
        if (!mayCollide(name)) {
            return List.of();
        }
        String flat = name.replace('.', '_');
        return existing.stream()
                .filter(other -> other.replace('.', '_').equals(flat))
                .sorted()
                .toList();
    }
}
