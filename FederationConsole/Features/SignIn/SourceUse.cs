using FederationConsole.Data;
using FederationConsole.Features.Sources;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.SignIn;

/// <summary>What the charts of the page 免验证登录 are drawn from.</summary>
internal sealed class SourceUse(Store store) : ISourceUse
{
    public async Task<IReadOnlyList<SourceHour>> ReadAsync(Scope environment, DateTimeOffset since)
    {
        var counts = await store.ReadAsync(environment, db => db.Set<SignInCount>().Where(c => c.Hour >= since && c.Source != 0).ToListAsync());
        return [.. counts.GroupBy(c => (c.Source, c.Hour)).Select(hour => new SourceHour(
            (SourceKind)hour.Key.Source, hour.Key.Hour, hour.Where(c => c.Result.Length == 0).Sum(c => (long)c.Count), hour.Where(c => c.Result.Length > 0).Sum(c => (long)c.Count)))];
    }
}
