using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary>
/// Counts whom a change touches in production, exactly: the values of an attribute are read once, grouped and streamed, so that
/// a million users cost neither memory nor a query for each question.
/// </summary>
internal static class TouchCounter
{
    /// <param name="db">In the scope of production.</param>
    /// <returns>Only what touches somebody.</returns>
    public static async Task<IReadOnlyList<Touch>> CountAsync(ConsoleDb db, PromotionChange change, PromotionContent before, PromotionContent after, CancellationToken cancellation)
    {
        var touches = change.Subject switch
        {
            ChangeSubject.Attribute => await OfAttributeAsync(db, Find(before, change.Id), Find(after, change.Id), cancellation),
            ChangeSubject.Policy => await OfPolicyAsync(db, change.Id, before, after, cancellation),
            _ => [],
        };
        return touches.FindAll(t => t.Users > 0);
    }

    private static AttributeDefinition? Find(PromotionContent content, string id) => content.Attributes.FirstOrDefault(a => a.Id == id);

    private static async Task<List<Touch>> OfAttributeAsync(ConsoleDb db, AttributeDefinition? before, AttributeDefinition? after, CancellationToken cancellation)
    {
        var count = new ValueCount(before, after);
        if (!count.AsksNothing)
        {
            await count.ReadAsync(db, (before ?? after)!.Id, cancellation);
        }

        return count.Touches;
    }

    private static async Task<List<Touch>> OfPolicyAsync(ConsoleDb db, string policy, PromotionContent before, PromotionContent after, CancellationToken cancellation)
    {
        switch (policy)
        {
            case "ownAccounts" when !after.Policies.OwnAccounts:
                return [new(TouchKind.Everybody, await Users(db).LongCountAsync(cancellation))];
            case "withheldSources":
                var touches = new List<Touch>();
                foreach (var source in after.Policies.WithheldSources.Except(before.Policies.WithheldSources).Order())
                {
                    var bound = await Users(db).LongCountAsync(u => db.Set<Identity>().Any(i => i.UserId == u.Id && i.Source == source), cancellation);
                    touches.Add(new(TouchKind.OfSource, bound, source.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                }

                return touches;
            default:
                // Of what happens from now on, and of nobody's account.
                return [];
        }
    }

    private static IQueryable<User> Users(ConsoleDb db) => db.Set<User>().Where(u => u.MergedInto == null);

    /// <summary>The questions that one change of an attribute asks, answered in one pass over its values.</summary>
    private sealed class ValueCount(AttributeDefinition? before, AttributeDefinition? after)
    {
        private readonly Dictionary<string, long> _byOption = Gone(before, after).ToDictionary(code => code, _ => 0L, StringComparer.Ordinal);
        private long _users;
        private long _having;
        private long _unfit;
        private long _sharing;

        private bool AsksLacking => after is { Required: true } && before is not { Required: true };

        private bool AsksSharing => after is { Unique: true } && before is not { Unique: true };

        /// <summary>Removed options are told one by one, and nothing else of the attribute can unfit a choice.</summary>
        private bool AsksUnfit => after is not null && (before is null || before.Type != after.Type ||
            (after.Options.Count == 0 && (before.MaxLength, before.Pattern, before.Min, before.Max) != (after.MaxLength, after.Pattern, after.Min, after.Max)));

        public bool AsksNothing => before is not null && after is not null && !AsksLacking && !AsksSharing && !AsksUnfit && _byOption.Count == 0;

        public List<Touch> Touches =>
        [
            new(TouchKind.Hidden, after is null ? _having : 0),
            new(TouchKind.Returning, before is null ? _having : 0),
            new(TouchKind.Lacking, AsksLacking ? _users - _having : 0),
            new(TouchKind.Unfit, _unfit),
            .. _byOption.Select(o => new Touch(TouchKind.HadOption, o.Value, o.Key)),
            new(TouchKind.Sharing, _sharing),
        ];

        public async Task ReadAsync(ConsoleDb db, string attribute, CancellationToken cancellation)
        {
            if (AsksLacking)
            {
                _users = await Users(db).LongCountAsync(cancellation);
            }

            var groups =
                from value in db.Set<UserAttribute>()
                join user in Users(db) on value.UserId equals user.Id
                where value.AttributeId == attribute
                group value by value.Value into same
                select new { same.Key, Users = same.LongCount() };
            await foreach (var group in groups.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                Add(group.Key, group.Users);
            }
        }

        private void Add(string value, long users)
        {
            _having += users;
            if (AsksSharing && users > 1)
            {
                _sharing += users;
            }

            // What did not fit before either is no doing of this change.
            if (AsksUnfit && !AttributeValue.Fits(after!, value) && (before is null || AttributeValue.Fits(before, value)))
            {
                _unfit += users;
            }

            if (_byOption.Count > 0 && AttributeValue.Fits(before!, value))
            {
                string[] codes = before!.Type == AttributeType.MultiEnum ? JsonSerializer.Deserialize<string[]>(value)! : [value];
                foreach (var code in codes.Where(_byOption.ContainsKey))
                {
                    _byOption[code] += users;
                }
            }
        }

        private static IEnumerable<string> Gone(AttributeDefinition? before, AttributeDefinition? after) =>
            before is null || after is null || before.Type != after.Type ? [] : before.Options.Select(o => o.Code).Except(after.Options.Select(o => o.Code), StringComparer.Ordinal);
    }
}
