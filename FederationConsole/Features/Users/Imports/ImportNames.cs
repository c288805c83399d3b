using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users.Imports;

/// <summary>What may be had by one user alone: looked for in the file, then in the database.</summary>
internal static class ImportNames
{
    /// <summary>Each that a row before has as well.</summary>
    public static IEnumerable<ImportFault> Twice(IEnumerable<ImportRow> rows)
    {
        var seen = new Dictionary<(string Column, string Name), int>();
        foreach (var row in rows)
        {
            foreach (var name in Of(row))
            {
                if (!seen.TryAdd(name, row.Line))
                {
                    yield return new(row.Line, name.Column, ImportFaultKind.TwiceInFile, seen[name]);
                }
            }
        }
    }

    /// <summary>
    /// Each that a user of this environment has, one who was merged away included: their names lead on. Their attributes do not, and are free.
    /// </summary>
    /// <param name="rows">Some hundred: their names stand in the query.</param>
    public static async Task<IReadOnlyList<ImportFault>> TakenAsync(ConsoleDb db, IReadOnlyList<ImportRow> rows, CancellationToken cancellation)
    {
        var names = rows.SelectMany(Of).ToLookup(name => name.Column, name => name.Name);
        var (phones, emails, accounts) = (names[ImportFile.Phone].ToList(), names[ImportFile.Email].ToList(), names[ImportFile.Account].ToList());
        var openIds = rows.Select(r => r.Identity?.OpenId).OfType<string>().Distinct().ToList();
        var users = db.Set<User>();
        var taken = new HashSet<(string Column, string Name)>();
        await AddAsync(ImportFile.Phone, phones, users.Where(u => phones.Contains(u.Phone!)).Select(u => u.Phone!));
        await AddAsync(ImportFile.Email, emails, users.Where(u => emails.Contains(u.Email!)).Select(u => u.Email!));
        await AddAsync(ImportFile.Account, accounts, users.Where(u => accounts.Contains(u.AccountName!)).Select(u => u.AccountName!));
        if (openIds.Count > 0)
        {
            var bound = await db.Set<Identity>().Where(i => openIds.Contains(i.OpenId)).Select(i => new { i.Source, i.Issuer, i.OpenId }).ToListAsync(cancellation);
            taken.UnionWith(bound.Select(i => NameOf(new(i.Source, i.Issuer, i.OpenId))));
        }

        foreach (var group in rows.SelectMany(r => r.Attributes).Where(c => c.Attribute.Unique).GroupBy(c => c.Attribute))
        {
            var (id, column, values) = (group.Key.Id, AttributeColumn.Of(group.Key), group.Select(c => c.Value).ToHashSet());
            var digests = values.Select(UserAttribute.DigestOf).ToList();
            var held = await db.Set<UserAttribute>()
                .Where(a => a.AttributeId == id && digests.Contains(a.Digest) && !users.Any(u => u.Id == a.UserId && u.MergedInto != null))
                .Select(a => a.Value).ToListAsync(cancellation);
            taken.UnionWith(held.Where(values.Contains).Select(value => (column, value)));
        }

        return [.. rows.SelectMany(row => Of(row).Where(taken.Contains).Select(name => new ImportFault(row.Line, name.Column, ImportFaultKind.Taken)))];

        async Task AddAsync(string column, List<string> wanted, IQueryable<string> found)
        {
            if (wanted.Count > 0)
            {
                taken.UnionWith((await found.ToListAsync(cancellation)).Select(name => (column, name)));
            }
        }
    }

    private static IEnumerable<(string Column, string Name)> Of(ImportRow row)
    {
        if (row.Fields.AccountName is { } account)
        {
            yield return (ImportFile.Account, account);
        }

        if (row.Fields.Phone is { } phone)
        {
            yield return (ImportFile.Phone, phone.E164);
        }

        if (row.Fields.Email is { } email)
        {
            yield return (ImportFile.Email, email);
        }

        if (row.Identity is { } identity)
        {
            yield return NameOf(identity);
        }

        foreach (var (attribute, value) in row.Attributes.Where(c => c.Attribute.Unique))
        {
            yield return (AttributeColumn.Of(attribute), value);
        }
    }

    private static (string Column, string Name) NameOf(VerifiedIdentity identity) => (ImportFile.OpenId, $"{identity.Source} {identity.Issuer} {identity.OpenId}");
}
