using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>The vendor's names for fields, as the console's form has them: no two alike among those that travel together.</summary>
internal sealed record VendorNames : Rule
{
    private const string Fields = "$.projects[{p}].apps[{a}].vendorAccount.{e}.fields.";

    private readonly (string Field, Place Place)[] places = [.. VendorField.All.Select(f => (f, new Place(Fields + f)))];

    public override void Check(IReadOnlyList<Leaf> leaves, JsonFaults faults)
    {
        var told = places.SelectMany(p => p.Place.Find(leaves, [.. p.Place.Names]).Select(found => (p.Field, found.Leaf, found.Scope)));
        foreach (var vendor in told.GroupBy(t => t.Scope))
        {
            // A key that stands twice is the structure's fault.
            var names = vendor.DistinctBy(t => t.Field).ToDictionary(t => t.Field, t => t.Leaf, StringComparer.Ordinal);
            if (VendorRules.CheckFields(names.ToDictionary(n => n.Key, n => n.Value.Value, StringComparer.Ordinal)) is { Kind: FaultKind.Taken, Field: { } key })
            {
                var field = key[VendorRules.FieldPrefix.Length..];
                faults.Add(names[field].Path, "Duplicate", VendorField.All.First(f => f != field && (names.GetValueOrDefault(f)?.Value ?? f) == names[field].Value));
            }
        }
    }
}
