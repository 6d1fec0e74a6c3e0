package io.barnabas.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a recording to a picture. */
class FlameGraphTest {
    @TempDir
    Path folder;

    @Test
    void aBoxIsAsWideAsItsShareAndStandsOnItsCaller() {
        Stacks stacks = new Stacks();
        stacks.add(List.of("loop", "read"));
        stacks.add(List.of("loop", "read"));
        stacks.add(List.of("loop", "write"));
        stacks.add(List.of("idle"));
        assertThat(FlameGraph.of("a broker", stacks))
                .contains("a broker, 4 samples", "height=\"81\"")
                .contains("<title>all: 4 samples, 100.00 %</title><rect x=\"0.0\" y=\"64\" width=\"1200.0\"")
                .contains("<title>idle: 1 samples, 25.00 %</title><rect x=\"0.0\" y=\"47\" width=\"300.0\"")
                .contains("<title>loop: 3 samples, 75.00 %</title><rect x=\"300.0\" y=\"47\" width=\"900.0\"")
                .contains("<title>read: 2 samples, 50.00 %</title><rect x=\"300.0\" y=\"30\" width=\"600.0\"")
                .contains("<title>write: 1 samples, 25.00 %</title><rect x=\"900.0\" y=\"30\" width=\"300.0\"");
    }

    @Test
    void namesThatMeanSomethingToABrowserAreWrittenOut() throws Exception {
        Stacks stacks = new Stacks();
        stacks.add(List.of("Partition.<init>", "a & b"));
        Path svg = Files.writeString(folder.resolve("graph.svg"), FlameGraph.of("<title>", stacks));
        var titles = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getElementsByTagName("title");
        assertThat(titles.item(1).getTextContent()).startsWith("Partition.<init>: ");
        assertThat(titles.item(2).getTextContent()).startsWith("a & b: ");
    }

    @Test
    void findsTheMethodThatKeptAProcessorBusy() throws Exception {
        Path recorded = folder.resolve("busy.jfr");
        Path settings = Files.writeString(
                folder.resolve("settings.jfc"),
                Samples.settings(Runtime.version().feature()));
        try (Recording recording = new Recording(Configuration.create(settings))) {
            recording.start();
            spinForSamples();
            recording.dump(recorded);
        }
        Stacks stacks = new Stacks();
        Samples.read(recorded, stacks);
        assertThat(FlameGraph.of("busy", stacks)).contains("FlameGraphTest.spinForSamples");
    }

    private static void spinForSamples() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 500_000_000) {
            Thread.onSpinWait();
        }
    }
}
