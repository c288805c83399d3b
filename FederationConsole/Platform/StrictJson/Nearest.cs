namespace FederationConsole.Platform.StrictJson;

/// <summary>The word that somebody who mistyped most likely meant.</summary>
internal static class Nearest
{
    /// <summary>Null when nothing is near: more than a third of the letters would have to change.</summary>
    public static string? To(string typed, IEnumerable<string> words)
    {
        // A text of any length may come in; no word of ours is longer, and the distance costs length times length.
        if (typed.Length > 64)
        {
            return null;
        }

        var (word, distance) = words.Select(w => (Word: (string?)w, Distance: Distance(typed, w))).DefaultIfEmpty().MinBy(p => p.Distance);
        return word is not null && distance <= Math.Max(1, Math.Max(typed.Length, word.Length) / 3) ? word : null;
    }

    /// <summary>Levenshtein's, blind to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], same ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1])));
            }
        }

        return row[^1];
    }
}
