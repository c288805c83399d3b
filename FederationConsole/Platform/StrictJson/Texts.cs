using System.Buffers;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace FederationConsole.Platform.StrictJson;

/// <summary>The forms of text that files of ours use.</summary>
public static partial class Texts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly SearchValues<char> NeverInUrls = SearchValues.Create(" \\\"<>^`{|}");

    /// <summary>Anything on one line.</summary>
    public static TextShape Line(int max, int min = 1) => new(nameof(Line), min, max, text => text.Trim().Length == text.Length);

    /// <summary>Anything on any number of lines.</summary>
    public static TextShape Paragraphs(int max, int min = 1) => new(nameof(Paragraphs), min, max, _ => true) { Lines = true };

    /// <summary>Anything without a blank.</summary>
    public static TextShape Word(int max) => new(nameof(Word), 1, max, text => !text.Any(char.IsWhiteSpace));

    /// <summary>What people choose to name a thing by: <c>shop</c>, <c>demo-2</c>.</summary>
    public static TextShape Code(int max) => new(nameof(Code), 1, max, text => char.IsAsciiLetterLower(text[0]) && text.All(c => IsLower(c) || c == '-'));

    /// <summary>Keys and ids, ours or a third party's.</summary>
    public static TextShape Token(int min, int max) => new(nameof(Token), min, max, text => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    public static TextShape LowerToken(int min, int max) => new(nameof(LowerToken), min, max, text => text.All(IsLower));

    /// <summary>A letter, then letters, digits, <c>_</c>.</summary>
    public static TextShape Identifier(int max) =>
        new(nameof(Identifier), 1, max, text => char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    public static readonly TextShape Url = new(nameof(Url), 1, 2048, text => IsHttp(text, out _));

    /// <summary>A URL that more is put after.</summary>
    public static readonly TextShape UrlBase = new(nameof(UrlBase), 1, 2048, text => IsHttp(text, out var uri) && uri!.Query.Length == 0 && !text.Contains('?', StringComparison.Ordinal));

    /// <summary>RFC 6454: no path, not even a slash.</summary>
    public static readonly TextShape Origin = new(nameof(Origin), 1, 300, text => IsHttp(text, out var uri) && text.Length > uri!.Scheme.Length + 3 && !text.AsSpan(uri.Scheme.Length + 3).ContainsAny('/', '?'));

    public static readonly TextShape Email = new(nameof(Email), 3, 254, text => MailAddress.TryCreate(text, out var mail) && mail.Address == text && mail.DisplayName.Length == 0);

    public static readonly TextShape Host = new(nameof(Host), 1, 253, text => Uri.CheckHostName(text) is not UriHostNameType.Unknown and not UriHostNameType.Basic);

    /// <summary>Only what runs in linear time, because it will run over what strangers send.</summary>
    public static readonly TextShape Pattern = new(nameof(Pattern), 1, 500, IsPattern);

    public static readonly TextShape Events = new(nameof(Events), 1, 100, text => EventsForm().IsMatch(text));

    [GeneratedRegex(@"^(\*|[a-z][a-z_]*\.(\*|[a-z][a-z_]*))\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventsForm();

    private static bool IsLower(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static bool IsHttp(string text, out Uri? uri)
    {
        uri = null;
        return (text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal))
            && !text.AsSpan().ContainsAny(NeverInUrls) && !text.Contains('#', StringComparison.Ordinal)
            && Uri.TryCreate(text, UriKind.Absolute, out uri)
            && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && !uri.Authority.Contains('@', StringComparison.Ordinal);
    }

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
