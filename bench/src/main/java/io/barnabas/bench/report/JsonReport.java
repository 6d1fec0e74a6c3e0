package io.barnabas.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The results as JSON: every single value, for those who compute further. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Results results, Map<String, String> setting) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeObjectFieldStart("setting");
            for (Map.Entry<String, String> entry : setting.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            results.forEachScenario((scenario, figures) -> write(json, results, scenario, figures));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(
            JsonGenerator json, Results results, String scenario, Map<Figure, Map<String, Series>> figures) {
        try {
            for (Map.Entry<Figure, Map<String, Series>> figure : figures.entrySet()) {
                json.writeStartObject();
                json.writeStringField("scenario", scenario);
                json.writeStringField("figure", figure.getKey().label());
                Double ratio = results.ratio(figure.getKey(), figure.getValue());
                if (ratio != null) {
                    json.writeNumberField("ratio", ratio);
                }
                for (Map.Entry<String, Series> series : figure.getValue().entrySet()) {
                    json.writeArrayFieldStart(series.getKey());
                    for (double value : series.getValue().values()) {
                        json.writeNumber(value);
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
