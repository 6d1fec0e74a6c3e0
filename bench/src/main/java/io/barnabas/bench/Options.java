package io.barnabas.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param against the other contenders
 * @param pairs turns of each contender that count
 * @param warmUps turns before them that do not
 * @param settings lines for our own {@code server.properties}; the default is what is shipped
 * @param seconds how long a turn may take
 * @param coldBytes what {@code cold-reader} reads from the disk
 * @param earlier the results of an earlier run, to compare with; null for none
 * @param profiles the folder for profiles; null for none
 * @param scenarios empty for all
 */
record Options(
        List<String> against,
        int pairs,
        int warmUps,
        double seconds,
        boolean smoke,
        List<String> settings,
        long coldBytes,
        Path earlier,
        Path profiles,
        List<String> scenarios) {
    private static final double COLD_GB = 3;
    private static final List<String> SMOKE_SCENARIOS = List.of(
            "raw-produce-64k", "raw-produce-1k", "raw-metadata", "raw-fetch-1m", "rate-500", "end-to-end", "start");

    static Options parse(String[] arguments) {
        List<String> against = null;
        int pairs = 5;
        int warmUps = 2;
        double seconds = 3;
        boolean smoke = false;
        double coldGigabytes = COLD_GB;
        Path earlier = null;
        Path profiles = null;
        List<String> settings = new ArrayList<>();
        List<String> scenarios = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--against" -> against = List.of(value(arguments, ++i).split(","));
                case "--alone" -> against = List.of();
                case "--pairs" -> pairs = Integer.parseInt(value(arguments, ++i));
                case "--warm-ups" -> warmUps = Integer.parseInt(value(arguments, ++i));
                case "--seconds" -> seconds = Double.parseDouble(value(arguments, ++i));
                case "--set" -> settings.add(value(arguments, ++i));
                case "--cold-gb" -> coldGigabytes = Double.parseDouble(value(arguments, ++i));
                case "--compare" -> earlier = Path.of(value(arguments, ++i));
                case "--profile" -> profiles = Path.of(value(arguments, ++i));
                case "--smoke" -> smoke = true;
                default -> scenarios.add(scenario(arguments[i]));
            }
        }
        if (!smoke) {
            return new Options(
                    against != null ? against : List.of("kafka-4.3.1", "kafka-3.9.2"),
                    pairs,
                    warmUps,
                    seconds,
                    false,
                    settings,
                    (long) (coldGigabytes * 1e9),
                    earlier,
                    profiles,
                    scenarios);
        }
        return new Options(
                against != null ? against : List.of("kafka-4.3.1"),
                1,
                0,
                0.5,
                true,
                settings,
                (long) (coldGigabytes * 1e9),
                earlier,
                profiles,
                scenarios.isEmpty() ? SMOKE_SCENARIOS : scenarios);
    }

    private static String scenario(String name) {
        if (name.startsWith("-")) {
            throw new IllegalArgumentException("no option " + name + "; see ./barnabas bench --help");
        }
        return name;
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }
}
