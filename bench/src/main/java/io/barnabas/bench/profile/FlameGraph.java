package io.barnabas.bench.profile;

import java.util.Locale;

/**
 * Folded stacks as an SVG: a box a frame, as wide as its share of the samples, standing on its caller; in the order of
 * names, not of time. The pointer on a box shows its name and share.
 */
final class FlameGraph {
    private static final int WIDTH = 1_200;
    private static final int ROW = 17;
    private static final int HEAD = 30;
    private static final double NARROWEST = 0.3;
    private static final double LETTER = 6.6;
    private static final int MARGIN = 3;

    private final StringBuilder svg = new StringBuilder();
    private final int height;
    private final long samples;

    private FlameGraph(Stacks stacks) {
        this.height = HEAD + ROW * stacks.root().height();
        this.samples = Math.max(1, stacks.root().samples());
    }

    static String of(String title, Stacks stacks) {
        FlameGraph graph = new FlameGraph(stacks);
        graph.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"monospace\" font-size=\"11\">%n",
                WIDTH,
                graph.height));
        graph.svg.append("<text x=\"3\" y=\"18\" font-size=\"14\">").append(escaped(title));
        graph.svg.append(", ").append(stacks.root().samples()).append(" samples</text>\n");
        graph.draw(stacks.root(), 0, 0);
        return graph.svg.append("</svg>\n").toString();
    }

    /** Draws a frame and all that stands on it. */
    private void draw(Stacks.Frame frame, double x, int depth) {
        double width = (double) WIDTH * frame.samples() / samples;
        if (width < NARROWEST) {
            return;
        }
        box(frame, x, height - ROW * (depth + 1), width);
        double at = x;
        for (Stacks.Frame callee : frame.callees()) {
            draw(callee, at, depth + 1);
            at += (double) WIDTH * callee.samples() / samples;
        }
    }

    private void box(Stacks.Frame frame, double x, int y, double width) {
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %d samples, %.2f %%</title>"
                        + "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"white\" stroke-width=\"0.5\"/>",
                escaped(frame.name()),
                frame.samples(),
                100.0 * frame.samples() / samples,
                x,
                y,
                width,
                ROW,
                colour(frame.name())));
        int letters = (int) ((width - 2 * MARGIN) / LETTER);
        if (letters >= 3) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    x + MARGIN,
                    y + 12,
                    escaped(shortened(frame.name(), letters))));
        }
        svg.append("</g>\n");
    }

    /** What names a method stands at the end. */
    private static String shortened(String name, int letters) {
        return name.length() <= letters ? name : ".." + name.substring(name.length() - letters + 2);
    }

    /** The same for the same name, so that two graphs can be compared. */
    private static String colour(String name) {
        int hash = name.hashCode() * 0x9E3779B9 >>> 16;
        return String.format(Locale.ROOT, "hsl(%d,80%%,%d%%)", 10 + hash % 45, 62 + (hash >>> 6) % 15);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
