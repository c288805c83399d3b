using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Further open ids of one identity, pairs of users that are one person, merges, and wrong passwords.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000003_Linking")]
internal sealed class Linking : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("MergedInto", "Users", nullable: true);
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_MergedInto", "Users", ["EnvironmentId", "MergedInto"], filter: "\"MergedInto\" IS NOT NULL");

        migrationBuilder.AddColumn<bool>("IsFurther", "Identities", nullable: false, defaultValue: false);
        migrationBuilder.DropIndex("IX_Identities_EnvironmentId_UserId_Source", "Identities");
        migrationBuilder.CreateIndex("IX_Identities_EnvironmentId_UserId_Source", "Identities", ["EnvironmentId", "UserId", "Source"], unique: true, filter: "NOT \"IsFurther\"");

        migrationBuilder.CreateTable(
            name: "UserPairs",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                FirstId = table.Column<long>(nullable: false),
                SecondId = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                SeenAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserPairs", row => row.Id);
                table.ForeignKey("FK_UserPairs_Users_FirstId", row => row.FirstId, "Users", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_UserPairs_Users_SecondId", row => row.SecondId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_UserPairs_EnvironmentId_FirstId_SecondId", "UserPairs", ["EnvironmentId", "FirstId", "SecondId"], unique: true);
        migrationBuilder.CreateIndex("IX_UserPairs_FirstId", "UserPairs", "FirstId");
        migrationBuilder.CreateIndex("IX_UserPairs_SecondId", "UserPairs", "SecondId");

        migrationBuilder.CreateTable(
            name: "Merges",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                StayedId = table.Column<long>(nullable: false),
                GoneId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                By = table.Column<string>(maxLength: 128, nullable: false),
                Moved = table.Column<string>(nullable: false),
                UndoneAt = table.Column<long>(nullable: true),
                UndoneBy = table.Column<string>(maxLength: 128, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Merges", row => row.Id);
                table.ForeignKey("FK_Merges_Users_GoneId", row => row.GoneId, "Users", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_Merges_Users_StayedId", row => row.StayedId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Merges_EnvironmentId_GoneId", "Merges", ["EnvironmentId", "GoneId"], unique: true, filter: "\"UndoneAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_Merges_EnvironmentId_Id", "Merges", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_Merges_GoneId", "Merges", "GoneId");
        migrationBuilder.CreateIndex("IX_Merges_StayedId", "Merges", "StayedId");

        migrationBuilder.CreateTable(
            name: "PasswordTries",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                Account = table.Column<string>(maxLength: 64, nullable: false),
                WindowStart = table.Column<long>(nullable: false),
                Count = table.Column<int>(nullable: false),
                LockedUntil = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PasswordTries", row => new { row.EnvironmentId, row.Account });
            });
        migrationBuilder.CreateIndex("IX_PasswordTries_EnvironmentId_WindowStart", "PasswordTries", ["EnvironmentId", "WindowStart"]);
    }
}
