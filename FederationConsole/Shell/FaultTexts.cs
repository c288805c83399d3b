using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell;

/// <summary>How the console says a <see cref="Fault"/>: one text a kind, key <c>Fault_Kind</c>, then the fault's own detail.</summary>
public static class FaultTexts
{
    public static string Say(this IStringLocalizer<ShellTexts> texts, Fault fault)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(fault);
        var text = texts[$"Fault_{fault.Kind}"].Value;
        if (fault.RetryAfter is { } wait)
        {
            text = texts["Fault.RetryAfter", text, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))];
        }

        return fault.Detail is not { Length: > 0 } detail ? text
            // The kind says only that something stands against it; who says what does, has said all.
            : fault.Kind is FaultKind.NotAllowedNow ? detail
            : texts["Fault.WithDetail", text, detail];
    }
}
