package io.barnabas.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * docs/acceptance.md: each promised behaviour with the tests that show it. The promises are in acceptance.tsv; the
 * tests name theirs with {@code @Acceptance}, which is read from their sources, so that every module is seen.
 */
final class AcceptancePage {
    private static final Pattern CLAIM = Pattern.compile("@Acceptance\\(([^)]+)\\)");
    private static final Pattern BEYOND = Pattern.compile("beyond = (\\{[\\d, ]+\\}|\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern TEST = Pattern.compile("(?:void|class) (\\w+)");

    private final Map<Row, String> promises = new TreeMap<>();
    private final Map<Row, List<String>> tests = new TreeMap<>();

    /** A number, or an N and a number; the latter come last. */
    record Row(boolean isBeyond, int number) implements Comparable<Row> {
        static Row parse(String text) {
            return text.startsWith("N")
                    ? new Row(true, Integer.parseInt(text.substring(1)))
                    : new Row(false, Integer.parseInt(text));
        }

        @Override
        public int compareTo(Row other) {
            return Comparator.comparing(Row::isBeyond)
                    .thenComparing(Row::number)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return isBeyond ? "N" + number : Integer.toString(number);
        }
    }

    AcceptancePage(Path root) {
        try {
            readPromises();
            List<Path> sources = testSources(root);
            for (Path source : sources) {
                readClaims(root, source);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Promises that no test shows. */
    List<Row> unproven() {
        return promises.keySet().stream().filter(row -> !tests.containsKey(row)).toList();
    }

    /** Rows that tests claim and nobody promised. */
    List<Row> unknown() {
        return tests.keySet().stream().filter(row -> !promises.containsKey(row)).toList();
    }

    String render() {
        StringBuilder page = new StringBuilder(
                "# What is promised, and the tests that show it\n\n"
                        + "Generated from `compat-tests/src/test/resources/acceptance.tsv` and the tests' `@Acceptance`"
                        + " annotations; a test fails when this page is behind.\n\n| row | promise | shown by |\n|---|---|---|\n");
        promises.forEach((row, promise) -> page.append("| ")
                .append(row)
                .append(" | ")
                .append(promise)
                .append(" | ")
                .append(String.join("<br>", tests.getOrDefault(row, List.of())))
                .append(" |\n"));
        return page.toString();
    }

    private void readPromises() throws IOException {
        try (InputStream file = AcceptancePage.class.getResourceAsStream("/acceptance.tsv")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] columns = line.split("\t");
                promises.put(Row.parse(columns[0]), columns[1]);
            });
        }
    }

    private static List<Path> testSources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith("Test.java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private void readClaims(Path root, Path source) throws IOException {
        String text = Files.readString(source);
        String module = root.relativize(source).getName(0).toString();
        String type = source.getFileName().toString().replace(".java", "");
        Matcher claim = CLAIM.matcher(text);
        while (claim.find()) {
            Matcher test = TEST.matcher(text);
            if (test.find(claim.end())) {
                String name = test.group(1).equals(type) ? type : type + "." + test.group(1);
                rows(claim.group(1))
                        .forEach(row -> tests.computeIfAbsent(row, unused -> new ArrayList<>())
                                .add(module + ": " + name));
            }
        }
    }

    private static List<Row> rows(String claim) {
        List<Row> rows = new ArrayList<>();
        Matcher beyond = BEYOND.matcher(claim);
        if (beyond.find()) {
            numbers(beyond.group(1)).forEach(number -> rows.add(new Row(true, number)));
        }
        numbers(beyond.replaceAll("")).forEach(number -> rows.add(new Row(false, number)));
        return rows;
    }

    private static List<Integer> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(number -> Integer.valueOf(number.group()))
                .toList();
    }
}
