package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a Java process how much its threads have allocated, as a thread dump tells it. */
final class Allocations {
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMG]) ");
    private static final double NOT_TOLD = -1;

    private Allocations() {}

    static double of(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print", "-e")
                .redirectErrorStream(true)
                .start();
        String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return dump.waitFor() == 0 ? sum(text) : NOT_TOLD;
    }

    static double sum(String dump) {
        double bytes = 0;
        boolean told = false;
        for (Matcher matcher = ALLOCATED.matcher(dump); matcher.find(); told = true) {
            bytes += Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
        }
        return told ? bytes : NOT_TOLD;
    }

    private static double unit(String letter) {
        return Math.pow(1024, "BKMG".indexOf(letter));
    }
}
