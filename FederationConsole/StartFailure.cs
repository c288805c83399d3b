using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace FederationConsole;

/// <summary>What keeps the host from starting and is for whoever runs it to mend: said in a line, with exit code 1, and not as a crash.</summary>
internal static class StartFailure
{
    public const int Code = 1;

    /// <summary>Null for a bug, which goes on as the exception that it is.</summary>
    public static string? Of(Exception exception) => exception switch
    {
        OptionsValidationException wrong => "Not started: " + string.Join("; ", wrong.Failures),
        // Of the configuration binder: a word where a number belongs. It names key and value.
        InvalidOperationException { InnerException: FormatException } wrong => "Not started: " + wrong.Message,
        IOException { InnerException: AddressInUseException } taken => "Not started: " + taken.Message,
        // A seed, each fault with its path.
        InvalidDataException faulty => "Not started:\n" + faulty.Message,
        _ => null,
    };
}
