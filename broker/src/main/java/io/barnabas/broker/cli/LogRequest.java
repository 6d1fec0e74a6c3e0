package io.barnabas.broker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code log}, read. Immutable.
 *
 * @param refusal null when they make sense
 */
record LogRequest(Verb verb, boolean json, boolean batchesOnly, List<Path> paths, String refusal) {

    enum Verb {
        DUMP,
        VERIFY,
        STAT,
        REPAIR,
        HELP
    }

    static LogRequest parse(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            return new LogRequest(Verb.HELP, false, false, List.of(), null);
        } else if (words.isEmpty()) {
            return refused("Say what to do");
        }
        return switch (words.get(0)) {
            case "dump" -> options(Verb.DUMP, words);
            case "verify" -> options(Verb.VERIFY, words);
            case "stat" -> options(Verb.STAT, words);
            case "repair" -> options(Verb.REPAIR, words);
            default -> refused("Unknown: log " + words.get(0));
        };
    }

    private static LogRequest options(Verb verb, List<String> words) {
        boolean json = false;
        boolean batchesOnly = false;
        List<Path> paths = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals("--batches") && verb == Verb.DUMP) {
                batchesOnly = true;
            } else if (word.startsWith("-")) {
                return refused("Unknown option of log " + words.get(0) + ": " + word);
            } else {
                paths.add(Path.of(word));
            }
        }
        return paths.isEmpty()
                ? refused("log " + words.get(0) + " needs a path")
                : new LogRequest(verb, json, batchesOnly, List.copyOf(paths), null);
    }

    private static LogRequest refused(String reason) {
        return new LogRequest(Verb.HELP, false, false, List.of(), reason);
    }
}
