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

        return fault.Detail is { Length: > 0 } detail ? texts["Fault.WithDetail", text, detail] : text;
    }
}
