package io.barnabas.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Which events of the flight recorder tell where processor time goes. From Java 25 on there is one for just that; before, two
 * samplers, of Java's own code and of threads in native code, of which those that merely wait are left out.
 */
final class Samples {
    private static final int KNOWS_CPU_TIME = 25;
    private static final String CPU_TIME = "jdk.CPUTimeSample";
    private static final Set<String> SAMPLES = Set.of(CPU_TIME, "jdk.ExecutionSample", "jdk.NativeMethodSample");
    private static final Set<String> WAITING =
            Set.of("epollWait", "epollWait0", "wait", "poll", "accept", "accept0", "waitForReferencePendingList");
    private static final int DEEPEST = 200;

    private Samples() {}

    /** The recorder's settings, for Java of some version: these events alone, a hundred times a second. */
    static String settings(int javaVersion) {
        String events = javaVersion >= KNOWS_CPU_TIME
                ? event(CPU_TIME, "throttle")
                : event("jdk.ExecutionSample", "period") + event("jdk.NativeMethodSample", "period");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration version=\"2.0\">\n" + events
                + "</configuration>\n";
    }

    private static String event(String name, String pace) {
        return "  <event name=\"" + name + "\"><setting name=\"enabled\">true</setting><setting name=\"" + pace
                + "\">10 ms</setting><setting name=\"stackTrace\">true</setting></event>\n";
    }

    /** Adds what a recording holds. */
    static void read(Path recording, Stacks stacks) throws IOException {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (SAMPLES.contains(event.getEventType().getName())) {
                    add(event, stacks);
                }
            }
        }
    }

    private static void add(RecordedEvent event, Stacks stacks) {
        List<String> stack = new ArrayList<>();
        if (event.getStackTrace() == null) {
            stack.add("(stack not known)");
        } else {
            List<RecordedFrame> frames = event.getStackTrace().getFrames();
            if (frames.isEmpty() || waits(event, frames.get(0))) {
                return;
            }
            frames.stream().limit(DEEPEST).forEach(frame -> stack.add(name(frame)));
            Collections.reverse(stack);
        }
        stack.add(0, threads(event));
        stacks.add(stack);
    }

    private static boolean waits(RecordedEvent event, RecordedFrame top) {
        return !event.getEventType().getName().equals(CPU_TIME)
                && WAITING.contains(top.getMethod().getName());
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** The threads of a pool are one. */
    private static String threads(RecordedEvent event) {
        RecordedThread thread =
                event.hasField("sampledThread") ? event.getThread("sampledThread") : event.getThread("eventThread");
        String name = thread == null ? null : thread.getJavaName();
        return name == null ? "(thread not known)" : name.replaceAll("\\d+", "#");
    }
}
