package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Apache's DumpLogSegments of a release says of files. It ends with status 0 whatever it finds. */
final class ApacheDump {
    private static final List<String> KNOWN = List.of(".log", ".index", ".timeindex", ".txnindex", ".snapshot");

    private static final String COMPACTED =
            "Non-consecutive offsets in \\S*(compacted|__consumer_offsets)\\S*\\n(  -?\\d+ is followed by \\d+\\n)+";

    private static final Pattern FORMAT = Pattern.compile("magic: (\\d)");

    private final String release;

    ApacheDump(String release) {
        this.release = release;
    }

    /** All that it prints of the files of all partitions in a log directory. */
    Program.Result directory(Path logDirectory, String... options) {
        try (Stream<Path> all = Files.walk(logDirectory)) {
            List<String> files = all.map(Path::toString)
                    .filter(name -> KNOWN.stream().anyMatch(name::endsWith))
                    .filter(name -> !name.contains("-delete/"))
                    .sorted()
                    .toList();
            return files(String.join(",", files), options);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Program.Result files(String files, String... options) {
        String mainClass =
                release.startsWith("4") ? "org.apache.kafka.tools.DumpLogSegments" : "kafka.tools.DumpLogSegments";
        String[] arguments =
                Stream.concat(Stream.of("--files", files), Stream.of(options)).toArray(String[]::new);
        return Program.java(Home.classPath("tools-" + release), mainClass, arguments)
                .run()
                .expectSuccess();
    }

    /** The record formats that occur in the files of a partition. */
    static Set<String> formats(Program.Result dump, String partition) {
        Set<String> formats = new TreeSet<>();
        boolean ofPartition = false;
        for (String line : dump.lines()) {
            if (line.startsWith("Dumping ")) {
                ofPartition = line.contains("/" + partition + "/");
            }
            Matcher format = FORMAT.matcher(line);
            if (ofPartition && format.find()) {
                formats.add(format.group(1));
            }
        }
        return formats;
    }

    /** The lines in which it complains, except of the gaps that compaction leaves. */
    static List<String> complaints(Program.Result dump) {
        // The tool of 4.3.1 says this of the first record of every file that does not begin at offset 0.
        String text = (dump.out() + "\n" + dump.err())
                .replaceAll("Non-consecutive offsets in \\S+\\n  -1 is followed by \\d+\\n", "")
                .replaceAll(COMPACTED, "");
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT)
                        .matches(".*(mismatch|non-consecutive|non-secutive|out of order|exception|isvalid: false"
                                + "|corrupt|failed|error).*"))
                .toList();
    }
}
