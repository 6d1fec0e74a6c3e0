package io.barnabas.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and when something was measured, so that figures of different days are not mixed. */
public final class Setting {
    private Setting() {}

    public static Map<String, String> describe(String command) throws IOException {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put("date", LocalDate.now().toString());
        setting.put("command", command);
        setting.put("processor", processor());
        setting.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        setting.put(
                "memory", Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "") + " kB");
        setting.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        setting.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        setting.put("load", Files.readString(Path.of("/proc/loadavg")).strip() + " (before the first run)");
        return setting;
    }

    private static String processor() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return System.getProperty("os.arch");
    }
}
