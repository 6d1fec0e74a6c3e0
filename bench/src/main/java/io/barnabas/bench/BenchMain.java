package io.barnabas.bench;

import io.barnabas.bench.broker.Barnabas;
import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.KraftKafka;
import io.barnabas.bench.broker.Launcher;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ZooKeeperKafka;
import io.barnabas.bench.machine.Limits;
import io.barnabas.bench.profile.Profiler;
import io.barnabas.bench.report.Comparison;
import io.barnabas.bench.report.GoalsReport;
import io.barnabas.bench.report.HtmlReport;
import io.barnabas.bench.report.JsonReport;
import io.barnabas.bench.report.MarkdownReport;
import io.barnabas.bench.report.Results;
import io.barnabas.bench.report.Setting;
import io.barnabas.bench.scenario.Scenario;
import io.barnabas.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./barnabas bench}: prints the table, and keeps it in {@code .barnabas/bench} as Markdown, JSON and HTML, and beside
 * it, as {@code goals.md}, the README's. Exit code 1
 * when a load was refused or a broker did not do what it should; how fast it was is never a failure.
 */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("barnabas.home", "."))
                .toAbsolutePath()
                .normalize();
        Options options;
        List<Scenario> scenarios;
        List<Contender> contenders;
        Comparison comparison;
        try {
            options = Options.parse(arguments);
            scenarios = new Scenarios(home, options.coldBytes()).named(options.scenarios());
            contenders = contenders(home, options);
            comparison = comparison(options.earlier());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Map<String, String> setting = Setting.describe("./barnabas bench " + String.join(" ", arguments));
        setting.put("turns", Integer.toString(options.pairs()));
        Pins.pinThisProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> contenders.forEach(Contender::kill)));
        Path out = Files.createDirectories(home.resolve(".barnabas/bench"));
        if (options.scenarios().isEmpty() || options.scenarios().contains(Scenarios.LIMITS)) {
            setting.putAll(Limits.measure(out));
        }
        Results results = new Results(
                Barnabas.NAME, contenders.stream().map(Contender::name).toList());
        Profiler profiler = options.profiles() == null ? null : new Profiler(options.profiles());
        new Bench(options, contenders, results, profiler).run(scenarios);

        String markdown = MarkdownReport.of(results, setting) + (comparison == null ? "" : comparison.table(results));
        Files.writeString(out.resolve("results.md"), markdown);
        Files.writeString(out.resolve("goals.md"), GoalsReport.of(results, setting));
        Files.writeString(out.resolve("results.json"), JsonReport.of(results, setting));
        Files.writeString(out.resolve("results.html"), HtmlReport.of(results, setting));
        System.out.println(markdown);
    }

    /** Read before anything is measured, since it may lie where these results will. */
    private static Comparison comparison(Path earlier) throws IOException {
        if (earlier == null) {
            return null;
        }
        if (!Files.isReadable(earlier)) {
            throw new IllegalArgumentException("no results at " + earlier);
        }
        return Comparison.with(Files.readString(earlier));
    }

    private static List<Contender> contenders(Path home, Options options) {
        List<Launcher> launchers = new ArrayList<>();
        launchers.add(new Barnabas(Barnabas.NAME, home, options.settings()));
        for (String name : options.against()) {
            launchers.add(launcher(home, name));
        }
        List<Contender> contenders = new ArrayList<>();
        for (Launcher launcher : launchers) {
            Path directory = home.resolve(".barnabas/bench").resolve(launcher.name());
            contenders.add(new Contender(launcher, directory, Ports.nextPair()));
        }
        return contenders;
    }

    /** A release of Apache Kafka, or the folder of another checkout of Barnabas. */
    private static Launcher launcher(Path home, String name) {
        Path folder = Path.of(name).toAbsolutePath().normalize();
        if (Files.exists(folder.resolve("bin/kafka-server-start.sh"))) {
            return new Barnabas(folder.getFileName() + " (checkout)", folder, List.of());
        }
        return switch (name) {
            case KraftKafka.NAME -> new KraftKafka(home);
            case ZooKeeperKafka.NAME -> new ZooKeeperKafka(home);
            default ->
                throw new IllegalArgumentException("no contender " + name + "; there are " + KraftKafka.NAME + ", "
                        + ZooKeeperKafka.NAME + " and other checkouts by their folders");
        };
    }
}
