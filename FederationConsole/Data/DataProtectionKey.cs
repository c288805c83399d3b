using System.Xml.Linq;
using FederationConsole.Platform;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Data;

/// <summary>A key of ASP.NET Core Data Protection, kept where all nodes find it.</summary>
public sealed class DataProtectionKey
{
    public long Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(k => k.FriendlyName).HasMaxLength(128);
    }
}

/// <summary>
/// Data Protection asks synchronously, seldom (at start and when a key is due), and never inside a write: whoever seals a
/// secret does so before the write begins.
/// </summary>
internal sealed class DataProtectionKeys(Store store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        store.ReadAsync(Scope.Host, db => db.Set<DataProtectionKey>().OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync())
            .GetAwaiter().GetResult().ConvertAll(XElement.Parse);

    public void StoreElement(XElement element, string friendlyName) =>
        store.WriteAsync(Scope.Host, db =>
        {
            db.Add(new DataProtectionKey { Id = db.NextId(), FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            return Task.FromResult(Outcome.Done);
        }).GetAwaiter().GetResult();
}
