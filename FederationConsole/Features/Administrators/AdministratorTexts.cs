using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators;

/// <summary>Marks AdministratorTexts.resx (Chinese) and AdministratorTexts.en.resx: the account pages and 设置.</summary>
public sealed class AdministratorTexts;

internal static class AdministratorFaults
{
    /// <summary>Adds what a field of this feature allows, where there is a text for it: key <c>Fault_Kind_field</c>.</summary>
    public static Fault Explain(this IStringLocalizer<AdministratorTexts> texts, Fault fault) =>
        texts[$"Fault_{fault.Kind}_{fault.Field}"] is { ResourceNotFound: false } text ? fault with { Detail = text } : fault;
}
