package io.barnabas.compat.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Differences as text, the same ones of several versions together; scenarios name what they make after the version. */
final class Report {
    private Report() {}

    static String of(List<Difference> differences) {
        Map<List<String>, TreeSet<Short>> versions = new LinkedHashMap<>();
        Map<List<String>, Difference> first = new LinkedHashMap<>();
        for (Difference one : differences) {
            List<String> same = Stream.of(one.api(), one.what(), one.path(), one.apache(), one.ours())
                    .map(text -> text.replace("-" + one.version(), "-*"))
                    .toList();
            versions.computeIfAbsent(same, any -> new TreeSet<>()).add(one.version());
            first.putIfAbsent(same, one);
        }
        return first.entrySet().stream()
                .map(entry -> text(entry.getValue(), versions.get(entry.getKey())))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Difference one, TreeSet<Short> versions) {
        return one.api() + " v" + versions + ", " + one.what() + ": " + one.path()
                + "\n    Apache:  " + one.apache()
                + "\n    ours:    " + one.ours()
                + "\n    request: " + one.request();
    }
}
