package io.barnabas.broker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a start, read: {@code run [--port p] [--data folder] [--adopt] [--override k=v]...}, or Kafka's form
 * {@code server.properties [--adopt] [--override k=v]...}. Immutable. Read by hand, since a library for it would take longer than the
 * rest of the command line together, at every start.
 *
 * @param file null: the checkout's own
 * @param refusal null when the arguments make sense
 */
record StartRequest(Kind kind, Path file, List<String> overrides, String refusal) {

    enum Kind {
        START,
        HELP,
        VERSION
    }

    static StartRequest parse(String[] arguments) {
        return new Parser(List.of(arguments)).parse();
    }

    boolean isRun() {
        return file == null;
    }

    private static final class Parser {
        private final List<String> words;
        private final List<String> files = new ArrayList<>();
        private final List<String> overrides = new ArrayList<>();
        private final boolean isRun;
        private int next;

        Parser(List<String> words) {
            this.words = words;
            this.isRun = !words.isEmpty() && words.get(0).equals("run");
            this.next = isRun ? 1 : 0;
        }

        StartRequest parse() {
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.equals("--help") || word.equals("-h")) return answer(Kind.HELP);
                if (word.equals("--version")) return answer(Kind.VERSION);
                if (word.equals("--adopt")) {
                    overrides.add("barnabas.adopt=true");
                    continue;
                }
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                String option = equals < 0 ? word : word.substring(0, equals);
                if (!takesValue(option)) {
                    if (word.startsWith("-")) return refused("Unknown option: " + word);
                    files.add(word);
                    continue;
                }
                if (equals < 0 && next == words.size()) return refused(option + " needs a value");
                take(option, equals < 0 ? words.get(next++) : word.substring(equals + 1));
            }
            return started();
        }

        private boolean takesValue(String option) {
            return option.equals("--override") || isRun && (option.equals("--port") || option.equals("--data"));
        }

        private void take(String option, String value) {
            switch (option) {
                case "--port" -> overrides.add("listeners=PLAINTEXT://:" + value);
                case "--data" -> {
                    overrides.add("log.dirs=" + Path.of(value, "kafka-logs"));
                    overrides.add("barnabas.zookeeper.dir=" + Path.of(value, "zookeeper"));
                }
                default -> overrides.add(value);
            }
        }

        private StartRequest started() {
            int allowed = isRun ? 0 : 1;
            if (files.size() > allowed)
                return refused(
                        "Found non argument parameters: " + String.join(",", files.subList(allowed, files.size())));
            if (!isRun && files.isEmpty()) return answer(Kind.HELP);
            return answer(Kind.START);
        }

        private StartRequest answer(Kind kind) {
            Path file = isRun || files.isEmpty() ? null : Path.of(files.get(0));
            return new StartRequest(kind, file, List.copyOf(overrides), null);
        }

        private StartRequest refused(String reason) {
            return new StartRequest(Kind.START, null, List.of(), reason);
        }
    }
}
