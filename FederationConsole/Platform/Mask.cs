namespace FederationConsole.Platform;

/// <summary>Shows enough of a personal value to recognise it, and no more.</summary>
public static class Mask
{
    /// <summary><c>+8613838383388</c> as <c>+86138****3388</c>, <c>li@example.com</c> as <c>l***@example.com</c>, a name as its first sign.</summary>
    public static string Of(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return (at, value.Length) switch
        {
            ( > 0, _) => string.Concat(FirstSign(value), "***", value.AsSpan(at)),
            (_, >= 7) when value.All(c => char.IsAsciiDigit(c) || c == '+') => string.Concat(value.AsSpan(0, value.Length - 8 > 0 ? value.Length - 8 : 1), "****", value.AsSpan(value.Length - 4)),
            (_, 0) => "",
            _ => FirstSign(value) + "***",
        };
    }

    /// <summary>A first character outside the basic plane is two units; half of one is no text.</summary>
    private static string FirstSign(string value) =>
        char.IsHighSurrogate(value[0]) && value.Length > 1 ? value[..2] : value[..1];
}
