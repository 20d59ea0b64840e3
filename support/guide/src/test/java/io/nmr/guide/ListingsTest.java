package io.nmr.guide;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Every Java listing of the guide is part of a source file that the build compiles: its lines stand there, one after the
 * other, whatever their indentation. A line that is just an ellipsis stands for any others.
 */
public class ListingsTest {

    private static final Pattern LISTING = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final List<String> SOURCES =
            List.of(
                    "support/guide/src", "support/archetype/src/main/resources/archetype-resources", "support/testing/src");

    @Test
    public void listings_areCompiled() throws IOException {
        List<List<String>> sources = sources();
        List<String> invented = new ArrayList<>();
        int listings = 0;
        for (Path document : documents()) {
            for (String listing : listings(document)) {
                listings++;
                if (sources.stream().noneMatch(source -> contains(source, lines(listing)))) {
                    invented.add(document.getFileName() + ":\n" + listing);
                }
            }
        }
        assertEquals("listings that no source file has", List.of(), invented);
        assertTrue("the guide has listings", listings > 5);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("guide.documents")))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static List<String> listings(Path document) throws IOException {
        return LISTING.matcher(Files.readString(document)).results().map(listing -> listing.group(1)).toList();
    }

    private static List<List<String>> sources() throws IOException {
        List<List<String>> sources = new ArrayList<>();
        for (String folder : SOURCES) {
            try (Stream<Path> files = Files.walk(Path.of(System.getProperty("guide.project"), folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.add(lines(Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static boolean contains(List<String> source, List<String> listing) {
        return IntStream.range(0, source.size()).anyMatch(from -> begins(source.subList(from, source.size()), listing));
    }

    private static boolean begins(List<String> source, List<String> listing) {
        if (listing.isEmpty()) {
            return true;
        }
        List<String> rest = listing.subList(1, listing.size());
        if (listing.get(0).equals("…")) {
            return contains(source, rest);
        }
        return !source.isEmpty()
                && source.get(0).equals(listing.get(0))
                && begins(source.subList(1, source.size()), rest);
    }
}
